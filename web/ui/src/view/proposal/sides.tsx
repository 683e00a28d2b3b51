import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ProposalDraft } from "../../client/protocol";
import { t } from "../../i18n";
import * as format from "../../i18n/format";
import { segments } from "../../markdown/segments";
import { usePage } from "../context";
import { quotesIn, type PostPaper, type ProfilePaper } from "./papers";

/** The post and the profile beside each other: what proves a requirement is marked in the profile. */
export function Sides({ draft }: { draft: ProposalDraft }): VNode {
  const { job_post, profile, memory, fit } = draft.document as typeof draft.document & { memory?: { post?: PostPaper; profile?: ProfilePaper } };
  const post = usePaper("job_post", job_post.id, memory?.post);
  const own = usePaper("profile", profile.id, memory?.profile);
  const proofs = fit.flatMap((point) => (point.proofs ?? []).map((proof) => proof.quote));
  return (
    <div class="sides">
      <article class="paper" id={`post-${job_post.id ?? ""}`} tabIndex={-1} aria-labelledby="side-post">
        <h3 id="side-post">{t.proposal.post}</h3>
        {post ? <PostSide post={post} /> : <p class="soft">{job_post.title || (post === null ? t.proposal.loading : t.proposal.noPost)}</p>}
      </article>
      <article class="paper" id={`post-${profile.id ?? ""}`} tabIndex={-1} aria-labelledby="side-profile">
        <h3 id="side-profile">{t.proposal.profile}</h3>
        {own ? <ProfileSide profile={own} proofs={proofs} /> : <p class="soft">{profile.headline || (own === null ? t.proposal.loading : t.proposal.noProfile)}</p>}
      </article>
    </div>
  );
}

/** A document as it was pasted, else as the marketplace has it; null while that is asked for. */
function usePaper<T>(kind: "job_post" | "profile", id: string | undefined, pasted: T | undefined): T | null | undefined {
  const { client } = usePage();
  const [found, setFound] = useState<T | null | undefined>(null);
  useEffect(() => {
    if (!id || pasted) return;
    let live = true;
    client.document(kind, id).then((document) => live && setFound(document as T), () => live && setFound(undefined));
    return () => {
      live = false;
    };
  }, [client, kind, id, pasted]);
  return pasted ?? (id ? found : undefined);
}

function Facts({ items }: { items: (string | undefined)[] }): VNode {
  return <ul class="facts-line">{items.filter(Boolean).map((fact) => <li key={fact}><bdi>{fact}</bdi></li>)}</ul>;
}

function PostSide({ post }: { post: PostPaper }): VNode {
  const type = post.pay_type === "hourly" ? "hourly" : "fixed";
  return (
    <>
      {post.title && <h4 dir="auto">{post.title}</h4>}
      <Facts items={[
        format.pay({ type, min: post.pay_min ?? 0, max: post.pay_max ?? 0, currency: post.currency }), t.level[post.level ?? ""],
        post.duration_days ? format.days(post.duration_days) : "", format.hours(post.hours_per_week), format.country(post.country),
      ]} />
      <Text text={post.description ?? ""} />
      <Skills items={post.skills} />
    </>
  );
}

function ProfileSide({ profile, proofs }: { profile: ProfilePaper; proofs: readonly string[] }): VNode {
  const { profileParts: names } = t.proposal;
  const languages = (profile.languages ?? []).map((l) => `${format.language(l.code)} (${t.people.fluency[l.level] ?? l.level})`);
  return (
    <>
      {profile.headline && <h4 dir="auto"><Marked text={profile.headline} quotes={proofs} /></h4>}
      <Facts items={[profile.rate ? `${format.money(profile.rate, profile.currency ?? "")} ${t.pay.hour}` : "", t.level[profile.level ?? ""], format.hours(profile.hours_per_week), format.country(profile.country), ...languages]} />
      <Text text={profile.overview ?? ""} quotes={proofs} />
      {(profile.experience ?? []).length > 0 && <h4>{names.experience}</h4>}
      {(profile.experience ?? []).map((e) => (
        <div key={e.title + e.from}>
          <p><strong dir="auto"><Marked text={e.title} quotes={proofs} /></strong> <small>{[e.from, e.to].filter(Boolean).join(" – ")}</small></p>
          <Text text={e.text} quotes={proofs} />
        </div>
      ))}
      <Skills items={profile.skills} />
      {(profile.credentials ?? []).length > 0 && <h4>{names.credentials}</h4>}
      {profile.credentials?.map((c) => <p key={c} dir="auto"><Marked text={c} quotes={proofs} /></p>)}
    </>
  );
}

function Skills({ items }: { items: string[] | undefined }): VNode | null {
  if (!items || items.length === 0) return null;
  return <div class="skills"><ul aria-label={t.proposal.profileParts.skills}>{items.map((skill) => <li key={skill} dir="auto">{skill}</li>)}</ul></div>;
}

function Text({ text, quotes = [] }: { text: string; quotes?: readonly string[] }): VNode {
  return <>{text.split(/\n{2,}/).filter(Boolean).map((p) => <p key={p} dir="auto"><Marked text={p} quotes={quotes} /></p>)}</>;
}

/** A text in which what proves something stands out. */
function Marked({ text, quotes }: { text: string; quotes: readonly string[] }): VNode {
  return <>{segments(0, text.length, quotesIn(text, quotes)).map(({ start, end, span }) => (span ? <mark key={start}>{text.slice(start, end)}</mark> : text.slice(start, end)))}</>;
}
