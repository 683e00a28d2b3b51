import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Response } from "../client/protocol";
import { t, trouble } from "../i18n";
import { usePage } from "./context";
import { useFlash } from "./hooks";
import { Icon } from "./icons";

/** Thumbs up or down, counted at once; a reason may follow. */
export function Rating({ response }: { response: Response }): VNode {
  const { client, view } = usePage();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState("");
  const [thanked, thank] = useFlash(3_000);
  const given = view.state.feedback[response.id]?.rating ?? "none";
  const closed = view.link.state !== "open";

  const send = (rating: "up" | "down" | "none", reason?: string, comment?: string) => {
    setError("");
    client.rate(response.id, rating, reason, comment).then(
      () => {
        setAsking(rating !== "none" && reason === undefined);
        if (reason !== undefined) thank();
      },
      (why: unknown) => setError(trouble(why)),
    );
  };
  const thumb = (rating: "up" | "down") => (
    <button
      type="button"
      class="tool"
      aria-pressed={given === rating}
      aria-label={t.rating[rating]}
      title={t.rating[rating]}
      disabled={closed}
      onClick={() => send(given === rating ? "none" : rating)}
    >
      <Icon name={rating} />
    </button>
  );
  return (
    <>
      {thumb("up")}
      {thumb("down")}
      <span class="rating-note" role="status">{thanked ? t.rating.thanks : error}</span>
      {asking && given !== "none" && <Reasons rating={given} send={(reason, comment) => send(given, reason, comment)} close={() => setAsking(false)} />}
    </>
  );
}

function Reasons({ rating, send, close }: { rating: "up" | "down"; send: (reason: string, comment?: string) => void; close: () => void }): VNode {
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  return (
    <form
      class="reasons"
      onSubmit={(event) => {
        event.preventDefault();
        send(reason, comment.trim() || undefined);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <fieldset>
        <legend>{t.rating.ask[rating]}</legend>
        {t.rating.reasons[rating].map((text) => (
          <label key={text} class="chip">
            <input type="radio" name="reason" value={text} checked={reason === text} onChange={() => setReason(text)} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <textarea rows={2} dir="auto" value={comment} maxLength={2000} aria-label={t.rating.comment} placeholder={t.rating.comment} onInput={(event) => setComment(event.currentTarget.value)} />
      <div class="form-actions">
        <button type="submit" class="primary" disabled={!reason && !comment.trim()}>{t.rating.send}</button>
        <button type="button" onClick={close}>{t.rating.skip}</button>
      </div>
    </form>
  );
}
