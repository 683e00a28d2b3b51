import type { VNode } from "preact";
import type { Unsent } from "../client/outbox";
import { explain, t } from "../i18n";
import { usePage } from "./context";
import { Attached } from "./files";

/** A message that the server has not confirmed, with what the person can do about it. */
export function UnsentMessage({ item }: { item: Unsent }): VNode {
  const { client, view, compose } = usePage();
  const back = () => {
    client.discard(item.message_id);
    compose(item.text);
  };
  return (
    <article class="message unsent" aria-label={t.chat.you} data-unsent={item.message_id}>
      {item.text && <p class="bubble" dir="auto">{item.text}</p>}
      <Attached files={item.attachments} />
      {item.problem ? (
        <div class="message-problem" role="alert">
          <p>{t.chat.notSent} {explain(item.problem)}</p>
          <button type="button" onClick={() => client.retry(item.message_id)}>{t.chat.retry}</button>
          <button type="button" onClick={back}>{t.chat.edit}</button>
          <button type="button" onClick={() => client.discard(item.message_id)}>{t.chat.discard}</button>
        </div>
      ) : (
        <p class="message-state">{view.link.state === "open" ? t.chat.sending : t.chat.waiting}</p>
      )}
    </article>
  );
}
