import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Response } from "../client/protocol";
import { running } from "../client/tree";
import { t } from "../i18n/en";
import { wholeSentences } from "../markdown/sentences";
import { usePage } from "./context";

/**
 * Reads answers to people who cannot see them: politely, whole sentences only,
 * each once, and whether the answer is complete.
 */
export function Announcer(): VNode {
  const { view, draft } = usePage();
  const [lines, setLines] = useState<Line[]>([]);
  const following = useRef("");
  const said = useRef(0);
  const hadDraft = useRef<boolean | null>(null);
  const active = running(view.state);
  const id = active?.id ?? following.current;
  const response = view.state.responses.find((r) => r.id === id);

  useEffect(() => {
    const say = (...texts: string[]) => texts.length > 0 && setLines((old) => append(old, texts));
    if (active && following.current !== active.id) {
      following.current = active.id;
      said.current = 0;
      say(t.chat.answering);
    }
    if (!following.current || !response) return;
    const finished = response.status !== "running";
    const sentences = wholeSentences(response.text, finished);
    say(...sentences.slice(said.current));
    said.current = Math.max(said.current, sentences.length);
    if (!finished) return;
    following.current = "";
    if (response.status === "completed") say(...separateQuestion(response), t.chat.answered);
    else say(response.status === "cancelled" ? t.chat.stopped : response.status === "failed" ? t.chat.failed : t.chat.incomplete);
  }, [active, response]);

  useEffect(() => {
    const has = draft !== undefined;
    if (hadDraft.current === false && has && view.state.messages.length > 0) setLines((old) => append(old, [t.draft.appeared]));
    hadDraft.current = has;
  }, [draft, view.state.messages.length]);

  return (
    <div class="offscreen" role="log" aria-live="polite" aria-relevant="additions" aria-label={t.chat.assistant}>
      {lines.map((line) => <p key={line.id}>{line.text}</p>)}
    </div>
  );
}

function separateQuestion(response: Response): string[] {
  const question = response.question?.text ?? "";
  return question && !response.text.includes(question) ? [question] : [];
}

interface Line {
  id: number;
  text: string;
}

/** Only new lines are read, so old ones may fall away. */
function append(old: Line[], texts: string[]): Line[] {
  const next = (old.at(-1)?.id ?? 0) + 1;
  return [...old, ...texts.map((text, index) => ({ id: next + index, text }))].slice(-12);
}
