import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Response } from "../client/protocol";
import { t } from "../i18n";
import { wholeSentences } from "../markdown/sentences";
import { usePage } from "./context";
import { useLive } from "./live";

/**
 * Reads answers to people who cannot see them: politely, whole sentences only,
 * each once, and whether the answer is complete.
 */
export function Announcer(): VNode {
  const { client, draft } = usePage();
  const view = useLive(client);
  const [lines, setLines] = useState<Line[]>([]);
  // Answers that are not to be read: of a conversation that is come back to, those
  // that had ended. A quick answer may begin and end between two drawings.
  const known = useRef<Set<string> | null>(client.session === "" ? new Set() : null);
  const following = useRef("");
  const said = useRef(0); // up to where its text has been read
  const hadDraft = useRef<boolean | null>(null);
  const { epoch, responses } = view.state;

  useEffect(() => {
    const say = (...texts: string[]) => texts.length > 0 && setLines((old) => append(old, texts));
    if (!known.current && epoch === "") return;
    const seen = (known.current ??= new Set(responses.filter(ended).map((r) => r.id)));
    const begun = responses.findLast((r) => !seen.has(r.id) && r.status !== "replaced" && r.status !== "released");
    for (const { id } of responses) seen.add(id);
    if (begun) {
      following.current = begun.id;
      said.current = 0;
      say(t.chat.answering);
    }
    const response = responses.find((r) => r.id === following.current);
    if (!response || response.status === "replaced") return;
    const finished = ended(response);
    const { sentences, end } = wholeSentences(response.text, said.current, finished);
    say(...sentences);
    said.current = end;
    if (!finished) return;
    following.current = "";
    if (response.status === "completed") say(...separateQuestion(response), t.chat.answered);
    else say(response.status === "cancelled" ? t.chat.stopped : response.status === "failed" ? t.chat.failed : response.status === "held" ? t.chat.held : t.chat.incomplete);
  }, [epoch, responses]);

  useEffect(() => {
    const has = draft !== undefined;
    if (hadDraft.current === false && has && view.state.messages.length > 0) setLines((old) => append(old, [t.draft.appeared]));
    hadDraft.current = has;
  }, [draft, view.state.messages.length]);

  // What arrives between two sentences changes nothing here.
  return useMemo(() => (
    <div class="offscreen" role="log" aria-live="polite" aria-relevant="additions" aria-label={t.chat.assistant}>
      {lines.map((line) => <p key={line.id}>{line.text}</p>)}
    </div>
  ), [lines]);
}

function ended(response: Response): boolean {
  return response.status !== "running";
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
  return [...old, ...texts.map((text, index) => ({ id: next + index, text }))].slice(-40);
}
