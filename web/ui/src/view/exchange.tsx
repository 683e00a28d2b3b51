import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { tip, type Exchange } from "../client/tree";
import { fill, t } from "../i18n";
import { Answer } from "./answer";
import { usePage } from "./context";
import { Attached } from "./files";
import { useAutoGrow } from "./hooks";
import { Icon } from "./icons";

/**
 * The exchanges as rows of a list. A row is drawn again when its message, its
 * answer or its place as the last has changed: a piece of text that arrives
 * touches one row, however long the conversation is.
 */
export function useRows(exchanges: readonly Exchange[], lastIsLast: boolean): VNode[] {
  const drawn = useRef(new Map<string, Row>());
  const before = drawn.current;
  drawn.current = new Map(exchanges.map((exchange, index) => {
    const last = lastIsLast && index === exchanges.length - 1;
    const old = before.get(exchange.message.id);
    const row = old && old.last === last && sameExchange(old.exchange, exchange) ? old : { exchange, last, node: <li key={exchange.message.id}><ExchangeView exchange={exchange} last={last} /></li> };
    return [exchange.message.id, row];
  }));
  return Array.from(drawn.current.values(), (row) => row.node);
}

interface Row {
  exchange: Exchange;
  last: boolean;
  node: VNode;
}

function sameExchange(a: Exchange, b: Exchange): boolean {
  return a.message === b.message && a.response === b.response && a.versions.length === b.versions.length;
}

/** What a person wrote and what was answered. */
function ExchangeView({ exchange, last }: { exchange: Exchange; last: boolean }): VNode {
  const [editing, setEditing] = useState(false);
  const { message, response } = exchange;
  return (
    <>
      <article class="message" id={`message-${message.id}`} aria-label={t.chat.you} tabIndex={-1}>
        {editing ? <EditMessage exchange={exchange} close={() => setEditing(false)} /> : <Said exchange={exchange} edit={() => setEditing(true)} />}
      </article>
      {response && <Answer key={response.id} response={response} message={message} last={last} />}
      {!response && last && <p class="thinking" role="status"><i /><i /><i /><span class="offscreen">{t.chat.thinking}</span></p>}
    </>
  );
}

function Said({ exchange, edit }: { exchange: Exchange; edit: () => void }): VNode {
  const { pointed, view } = usePage();
  const { message } = exchange;
  const here = pointed?.message === message.id ? pointed : null;
  return (
    <>
      <p class="bubble" dir="auto" hidden={message.text === ""}>
        {here && here.end > here.start ? (
          <>
            {message.text.slice(0, here.start)}
            <mark>{message.text.slice(here.start, here.end)}</mark>
            {message.text.slice(here.end)}
          </>
        ) : message.text}
      </p>
      <Attached files={message.attachments} />
      <div class="message-tools">
        {exchange.versions.length > 1 && <Versions exchange={exchange} />}
        <button type="button" class="tool edit-message" aria-label={t.chat.edit} title={t.chat.edit} onClick={edit} disabled={view.link.state === "refused"}>
          <Icon name="edit" />
        </button>
      </div>
    </>
  );
}

/** The way between the versions of an edited message, each with a branch of its own. */
function Versions({ exchange }: { exchange: Exchange }): VNode {
  const { client, view } = usePage();
  const at = exchange.versions.findIndex((m) => m.id === exchange.message.id);
  const go = (step: number) => {
    const target = exchange.versions[at + step];
    if (target) client.select(tip(client.view.state, target.id)).catch(() => undefined);
  };
  const closed = view.link.state !== "open";
  return (
    <span class="versions" role="group" aria-label={fill(t.chat.versions, { at: at + 1, of: exchange.versions.length })}>
      <button type="button" class="tool" aria-label={t.chat.previous} disabled={at === 0 || closed} onClick={() => go(-1)}><Icon name="left" /></button>
      <span aria-hidden="true">{at + 1}/{exchange.versions.length}</span>
      <button type="button" class="tool" aria-label={t.chat.next} disabled={at === exchange.versions.length - 1 || closed} onClick={() => go(1)}><Icon name="right" /></button>
    </span>
  );
}

function EditMessage({ exchange, close }: { exchange: Exchange; close: () => void }): VNode {
  const { client } = usePage();
  const [text, setText] = useState(exchange.message.text);
  const box = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(box, text);
  useLayoutEffect(() => box.current?.focus(), []);
  const save = () => {
    const trimmed = text.trim();
    if (trimmed && trimmed !== exchange.message.text) client.edit(exchange.message.id, trimmed);
    close();
  };
  return (
    <form class="edit-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <textarea
        ref={box}
        value={text}
        dir="auto"
        rows={1}
        aria-label={t.composer.editing}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === "Escape") close();
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            save();
          }
        }}
      />
      <div class="form-actions">
        <button type="submit" class="primary">{t.chat.save}</button>
        <button type="button" onClick={close}>{t.chat.cancel}</button>
      </div>
    </form>
  );
}
