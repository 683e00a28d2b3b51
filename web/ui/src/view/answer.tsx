import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { RequestError } from "../client/problem";
import type { Message, Problem, Response } from "../client/protocol";
import { explain, t } from "../i18n";
import { GrowingMarkdown, Markdown, type DrawClaim } from "../markdown/markdown";
import { usePage } from "./context";
import { copyText, useFlash } from "./hooks";
import { Guides } from "./guides";
import { Held } from "./held";
import { Icon } from "./icons";
import { Rating } from "./rating";
import { Cited, type Known } from "./sources";

/** An answer as it is written, with its sources, and what can be done with it. */
export function Answer({ response, message, last }: { response: Response; message: Message; last: boolean }): VNode {
  const { draft } = usePage();
  const post = draft?.document;
  const isRunning = response.status === "running";
  const { evidence, citations } = response;
  const text = withoutQuestion(response);
  // Finished answers are not read again for each piece of the one that runs.
  const body = useMemo(() => {
    const known: Known = { evidence: evidence ?? [], post };
    const draw: DrawClaim = (claim, piece, end) => <Cited key={`${claim.id} ${piece}`} claim={claim} known={known} last={end}>{piece}</Cited>;
    return isRunning ? <GrowingMarkdown text={text} /> : <Markdown text={text} claims={citations} drawClaim={draw} />;
  }, [text, evidence, citations, post, isRunning]);
  return (
    <article class="answer" aria-label={t.chat.assistant} aria-busy={isRunning} data-response={response.id} data-status={response.status}>
      {isRunning && response.text === "" && <p class="thinking"><i /><i /><i /><span class="offscreen">{t.chat.thinking}</span></p>}
      {body}
      {!isRunning && <Guides items={evidence} />}
      <Asked response={response} />
      {!isRunning && <Ending response={response} message={message} />}
      {last && !isRunning && <Replies response={response} />}
    </article>
  );
}

/** The question that closes an answer stands out, whether its text asks it too or not. */
function Asked({ response }: { response: Response }): VNode | null {
  const question = response.question?.text;
  if (!question || withoutQuestion(response).includes(question)) return null;
  return <p class="question" dir="auto">{question}</p>;
}

function withoutQuestion({ text, question }: Response): string {
  const end = text.trimEnd();
  return question?.text && end.endsWith(question.text) ? end.slice(0, -question.text.length).trimEnd() : text;
}

function Replies({ response }: { response: Response }): VNode | null {
  const { client } = usePage();
  const replies = response.question?.suggestions ?? [];
  if (replies.length === 0) return null;
  return (
    <ul class="replies" aria-label={t.chat.replies}>
      {replies.map((reply) => (
        <li key={reply.text}>
          <button type="button" onClick={() => client.send(reply.text)}>
            <span dir="auto">{reply.text}</span>
            {reply.reason && <small dir="auto">{reply.reason}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Ending({ response, message }: { response: Response; message: Message }): VNode {
  const { client, view } = usePage();
  const [problem, setProblem] = useState<Problem | null>(null);
  const again = () => {
    setProblem(null);
    client.regenerate(message.id).catch((error: unknown) => {
      if (error instanceof RequestError) setProblem(error.problem);
    });
  };
  const open = view.link.state === "open";
  if (response.status === "held") return <Held response={response} />;
  return (
    <>
      <Trouble response={response} />
      {problem && <p class="message-problem" role="alert">{explain(problem)}</p>}
      <div class="answer-tools">
        <Copy text={response.text} />
        <button type="button" class={response.status === "completed" ? "tool regenerate" : "regenerate retry"} aria-label={t.chat.regenerate} title={t.chat.regenerate} disabled={!open} onClick={again}>
          <Icon name="again" />
          {response.status !== "completed" && t.chat.retry}
        </button>
        {response.text && <Rating response={response} />}
      </div>
    </>
  );
}

function Trouble({ response }: { response: Response }): VNode | null {
  if (response.status === "cancelled") return <p class="ending">{t.chat.stopped}</p>;
  if (response.status !== "failed" && response.status !== "incomplete") return null;
  const words = response.status === "failed" ? t.chat.failed : t.chat.incomplete;
  return <p class="ending trouble" role="alert">{words} {response.error?.message}</p>;
}

function Copy({ text }: { text: string }): VNode | null {
  const [done, flash] = useFlash();
  if (!text) return null;
  const copy = () => void copyText(text).then((ok) => ok && flash());
  const label = done ? t.chat.copied : t.chat.copy;
  return <button type="button" class="tool" aria-label={label} title={label} onClick={copy}><Icon name={done ? "check" : "copy"} /></button>;
}
