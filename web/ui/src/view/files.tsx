import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Attachment } from "../client/protocol";
import { RequestError } from "../client/problem";
import { maxFileBytes } from "../client/upload";
import { explain, fill, t } from "../i18n";
import { percent } from "../i18n/format";
import { visible } from "../markdown/visible";
import { usePage } from "./context";
import { Icon } from "./icons";

/** The most files that a message takes. */
const most = 5;

/** A file on its way, there, or refused. */
export interface Upload {
  key: number;
  from: File;
  part: number;
  file?: Attachment;
  trouble?: string;
  /** Set where trying again may help. */
  retry?: boolean;
  stop: AbortController;
}

interface Uploads {
  list: readonly Upload[];
  add: (files: Iterable<File>) => void;
  remove: (key: number) => void;
  again: (key: number) => void;
  take: () => Attachment[];
}

let uploads = 0;

/** The files that the next message brings. */
export function useUploads(): Uploads {
  const { client } = usePage();
  const [list, setList] = useState<readonly Upload[]>([]);
  const running = useRef<readonly Upload[]>([]);
  const set = useCallback((next: readonly Upload[]) => setList((running.current = next)), []);
  useEffect(() => () => { for (const u of running.current) u.stop.abort(); }, []);

  const send = useCallback(async ({ key, from, stop }: Upload) => {
    const change = (to: Partial<Upload>) => set(running.current.map((u) => (u.key === key ? { ...u, ...to } : u)));
    try {
      change({ file: await client.upload(from, { progress: (part) => change({ part }), signal: stop.signal }), part: 1 });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      change({ trouble: fill(t.files.failed, { name: from.name, why: explain(error.problem) }), retry: error.problem.temporary });
    }
  }, [client, set]);
  const add = useCallback((files: Iterable<File>) => {
    for (const from of files) {
      const upload: Upload = { key: ++uploads, from, part: 0, stop: new AbortController() };
      const name = { name: from.name };
      if (running.current.filter((u) => !u.trouble).length >= most) upload.trouble = fill(t.files.tooMany, name);
      else if (from.size > maxFileBytes) upload.trouble = fill(t.files.tooLarge, name);
      set([...running.current, upload]);
      if (!upload.trouble) void send(upload);
    }
  }, [send, set]);
  const remove = useCallback((key: number) => {
    running.current.find((u) => u.key === key)?.stop.abort();
    set(running.current.filter((u) => u.key !== key));
  }, [set]);
  const again = useCallback((key: number) => {
    const from = running.current.find((u) => u.key === key)?.from;
    remove(key);
    if (from) add([from]);
  }, [add, remove]);
  const take = useCallback(() => {
    const files = running.current.flatMap((u) => (u.file ? [u.file] : []));
    set([]);
    return files;
  }, [set]);
  return { list, add, remove, again, take };
}

/** The button that opens the file chooser. */
export function AddFile({ add, disabled }: { add: Uploads["add"]; disabled: boolean }): VNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={input} type="file" class="offscreen" tabIndex={-1} aria-hidden="true" multiple accept=".pdf,.docx,.txt,.md,text/plain,application/pdf"
        onChange={(event) => { add([...(event.currentTarget.files ?? [])]); event.currentTarget.value = ""; }} />
      <button type="button" class="tool add-file" aria-label={t.files.add} title={`${t.files.add} (${t.files.hint})`} disabled={disabled} onClick={() => input.current?.click()}><Icon name="clip" /></button>
    </>
  );
}

/** Files may be dropped anywhere on the page; while they hover, it says so. */
export function DropZone({ add, disabled }: { add: Uploads["add"]; disabled: boolean }): VNode | null {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (disabled) return;
    const brings = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const hover = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!brings(event)) return;
      event.preventDefault();
      add([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", hover);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", hover);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [add, disabled]);
  return over ? <p class="drop">{t.files.drop}</p> : null;
}

/** The files of the message being written, with how far they are. */
export function UploadList({ list, remove, again }: { list: readonly Upload[]; remove: Uploads["remove"]; again: Uploads["again"] }): VNode | null {
  if (list.length === 0) return null;
  return (
    <ul class="uploads" aria-label={t.files.attached}>
      {list.map((u) => {
        const name = { name: u.from.name };
        const away = fill(u.file || u.trouble ? t.files.remove : t.files.stop, name);
        return (
          <li key={u.key} class={u.trouble ? "trouble" : undefined}>
            <span dir="auto" role={u.trouble ? "alert" : undefined}>{words(u)}</span>
            {!u.file && !u.trouble && <progress max={1} value={u.part < 1 ? u.part : undefined} aria-label={u.from.name} />}
            {u.file && <span class="offscreen" role="status">{fill(t.files.done, name)}</span>}
            {u.retry && <button type="button" class="tool" aria-label={fill(t.files.again, name)} title={t.chat.retry} onClick={() => again(u.key)}><Icon name="again" /></button>}
            <button type="button" class="tool" aria-label={away} title={away} onClick={() => remove(u.key)}><Icon name="close" /></button>
          </li>
        );
      })}
    </ul>
  );
}

function words({ from: { name }, part, file, trouble }: Upload): string {
  if (trouble) return trouble;
  if (file) return file.notice ? `${name}: ${file.notice}` : name;
  return part < 1 ? fill(t.files.sending, { name, percent: percent(part) }) : fill(t.files.reading, { name });
}

/** The files of a message that was sent. */
export function Attached({ files }: { files: readonly Attachment[] | undefined }): VNode | null {
  if (!files || files.length === 0) return null;
  return (
    <ul class="attached" aria-label={t.files.attached}>
      {files.map((f) => <li key={f.file_id}><Icon name="clip" /><span dir="auto">{visible(f.name)}</span></li>)}
    </ul>
  );
}
