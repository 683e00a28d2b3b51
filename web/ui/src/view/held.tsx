import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Appeal, Response } from "../client/protocol";
import { fill, language, t, trouble } from "../i18n";
import { usePage } from "./context";
import { TextForm } from "./text-form";

/** A message that moderation keeps from being answered: which policy, and the way to have a person look at it once more. */
export function Held({ response }: { response: Response }): VNode {
  const { client, view } = usePage();
  const [appeal, setAppeal] = useState<Appeal | null>(null);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const { session } = client;
  useEffect(() => {
    let live = true;
    client.sessions.appealed(session, response.id).then((now) => live && setAppeal(now), () => undefined);
    return () => {
      live = false;
    };
  }, [client, session, response.id]);

  const ask = async (text: string): Promise<boolean> => {
    setBusy(true);
    setProblem("");
    try {
      setAppeal(await client.sessions.appeal(session, response.id, text));
      return true;
    } catch (error) {
      setProblem(trouble(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  // The server says it in the language that the conversation began in.
  const notice = view.state.session?.locale?.startsWith(language()) ? response.error?.message : "";
  const policy = t.appeal.policies[appeal?.policy ?? ""];
  return (
    <div class="held">
      <p class="ending" role="status">{notice || (policy ? fill(t.appeal.because, { policy }) : t.chat.held)}</p>
      {(appeal?.state === "asked" || appeal?.state === "upheld") && <p class="ending" role="status">{t.appeal[appeal.state]}</p>}
      {appeal?.state === "none" && !asking && <button type="button" class="ask-again" disabled={view.link.state !== "open"} onClick={() => setAsking(true)}>{t.appeal.ask}</button>}
      {asking && <TextForm value="" label={t.appeal.label} hint={t.appeal.hint} send={t.appeal.send} save={ask} trouble={problem} busy={busy} close={() => setAsking(false)} />}
    </div>
  );
}
