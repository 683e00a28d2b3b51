import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Evidence, PostData } from "../../client/protocol";
import { fill, t } from "../../i18n";
import * as format from "../../i18n/format";
import { DemoTag } from "./market";

const few = 3;

/** Posts like this one: what they were, what they paid, and why they are here. */
export function SimilarPosts({ items }: { items: readonly Evidence[] }): VNode | null {
  const [all, setAll] = useState(false);
  const posts = items.filter((item) => item.kind === "job_post");
  if (posts.length === 0) return null;
  return (
    <section class="similar" aria-labelledby="similar-title" data-all={all}>
      <h3 id="similar-title">{t.similar.title}</h3>
      <ul>
        {posts.map((post, index) => (
          <li key={post.id} id={`post-${post.id}`} tabIndex={-1} class={index >= few && !all ? "folded" : undefined}><Card post={post} /></li>
        ))}
      </ul>
      {posts.length > few && !all && <button type="button" class="link" onClick={() => setAll(true)}>{t.similar.more}</button>}
    </section>
  );
}

function Card({ post }: { post: Evidence }): VNode {
  const data = (post.data ?? {}) as PostData;
  const pay = format.pay({ type: data.pay_type === "hourly" ? "hourly" : "fixed", min: data.pay_min ?? 0, max: data.pay_max ?? 0, currency: data.currency });
  const details = [data.duration_days ? format.days(data.duration_days) : "", format.country(data.country), data.posted_on ? fill(t.similar.posted, { when: format.month(data.posted_on) }) : ""];
  return (
    <article class="card">
      <h4 dir="auto">{post.title}</h4>
      <p class="card-pay">{pay || t.similar.unpriced}{post.demo && <DemoTag />}</p>
      {post.snippet && <p class="snippet" dir="auto">{post.snippet}</p>}
      <p class="quiet">{details.filter(Boolean).join(" · ")}</p>
      {post.reason && <p class="why" dir="auto">{post.reason}</p>}
    </article>
  );
}
