import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { maxMessageBytes } from "../client/protocol";
import { maxUnsent } from "../client/outbox";
import { put } from "../client/storage";
import { fill, t } from "../i18n";
import { usePage } from "./context";
import { AddFile, DropZone, UploadList, useUploads } from "./files";
import { useAutoGrow } from "./hooks";
import { Icon } from "./icons";

export const composerId = "composer";

/** The message box. What is typed survives a reload. `active` is the response that runs, or "". */
export function Composer({ storageKey, first, active }: { storageKey: string; first: boolean; active: string }): VNode {
  const { client, view, keep, role, composer } = usePage();
  const [text, show] = useState(() => keep.getItem(storageKey) ?? "");
  const box = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(box, text);
  const kept = useRef(storageKey);
  if (kept.current !== storageKey) {
    // A new conversation that has got its id keeps its text under that.
    put(keep, kept.current, "");
    put(keep, storageKey, text);
    kept.current = storageKey;
  }
  // Kept with each letter: the page may be gone before the next frame.
  const setText = (words: string) => {
    put(keep, storageKey, words);
    show(words);
  };
  useEffect(() => {
    // In a frame the keyboard belongs to the page around, until somebody opens the chat there.
    if (window.parent === window && document.activeElement === document.body && window.matchMedia("(pointer: fine)").matches) box.current?.focus({ preventScroll: true });
  }, []);

  composer.current = (words) => {
    if (words) setText(words);
    requestAnimationFrame(() => {
      const at = box.current;
      at?.focus();
      at?.setSelectionRange(at.value.length, at.value.length);
    });
  };

  const bytes = text.length > maxMessageBytes / 3 ? new TextEncoder().encode(text.trim()).length : 0;
  const tooLong = bytes > maxMessageBytes;
  const refused = view.link.state === "refused" || view.state.deleted;
  const files = useUploads();
  const waiting = files.list.some((u) => !u.file && !u.trouble);
  const brings = files.list.some((u) => u.file);
  const full = view.unsent.length >= maxUnsent;
  const sendable = (text.trim() !== "" || brings) && !full && !tooLong && !refused && !waiting;
  const send = () => {
    if (!sendable) return;
    client.send(text.trim(), { files: files.take() });
    setText("");
  };
  const stop = () => active && void client.cancel(active).catch(() => undefined);
  const keyDown = (event: KeyboardEvent) => {
    // Enter that ends a composition of an input method belongs to that method.
    if (event.isComposing || event.key === "Process") return;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && active) {
      stop();
    } else if (event.key === "ArrowUp" && text === "") {
      const edits = document.querySelectorAll<HTMLButtonElement>(".edit-message");
      edits[edits.length - 1]?.click();
      event.preventDefault();
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => { event.preventDefault(); send(); }}
    >
      <DropZone add={files.add} disabled={refused} />
      <UploadList list={files.list} remove={files.remove} again={files.again} />
      <label class="offscreen" for={composerId}>{t.composer.label}</label>
      <textarea
        id={composerId}
        ref={box}
        rows={1}
        dir="auto"
        value={text}
        placeholder={!first ? t.composer.placeholder : role === "freelancer" ? t.composer.apply : t.composer.first}
        aria-describedby="composer-hint"
        aria-invalid={tooLong}
        disabled={refused}
        enterkeyhint="send"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={keyDown}
        onPaste={(event) => {
          if (!event.clipboardData?.files.length || event.clipboardData.types.includes("text/plain")) return;
          event.preventDefault();
          files.add(event.clipboardData.files);
        }}
      />
      <AddFile add={files.add} disabled={refused} />
      {active && (
        <button type="button" class="send stop" aria-label={t.composer.stop} title={t.composer.stop} disabled={view.link.state !== "open"} onClick={stop}><Icon name="stop" /></button>
      )}
      {(!active || text.trim() !== "" || brings) && (
        <button type="submit" class="send" aria-label={t.composer.send} title={t.composer.send} disabled={!sendable}><Icon name="send" /></button>
      )}
      <p id="composer-hint" class="hint" role={tooLong || full ? "alert" : undefined}>
        {tooLong ? fill(t.composer.tooLong, { n: Math.ceil(bytes / 1024) }) : full ? t.problems.queue_full : t.composer.hint}
      </p>
    </form>
  );
}
