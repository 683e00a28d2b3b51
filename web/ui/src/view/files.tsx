import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { RequestError } from "../client/connection";
import type { Attachment } from "../client/protocol";
import { keys } from "../client/storage";
import { maxFileBytes, uploadFile } from "../client/upload";
import { explain, fill, t } from "../i18n";
import { usePage } from "./context";
import { Icon } from "./icons";
import { storage } from "./storage";

/** A file on its way, there, or refused. */
export interface Upload {
  key: number;
  name: string;
  part: number;
  file?: Attachment;
  trouble?: string;
  stop: AbortController;
}

let uploads = 0;

/** The files that the next message brings. */
export function useUploads(): { list: readonly Upload[]; add: (files: Iterable<File>) => void; remove: (key: number) => void; take: () => Attachment[] } {
  const { client } = usePage();
  const [list, setList] = useState<readonly Upload[]>([]);
  const running = useRef<readonly Upload[]>([]);
  running.current = list;
  useEffect(() => () => { for (const u of running.current) u.stop.abort(); }, []);

  const change = useCallback((key: number, to: Partial<Upload>) => setList((old) => old.map((u) => (u.key === key ? { ...u, ...to } : u))), []);
  const send = useCallback(async (upload: Upload, file: File) => {
    try {
      const session = await client.ready();
      const done = await uploadFile(location.origin, session, storage.getItem(keys.token) ?? "", file, (part) => change(upload.key, { part }), upload.stop.signal);
      change(upload.key, { file: done, part: 1 });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      change(upload.key, { trouble: fill(t.files.failed, { name: file.name, why: explain(error.problem) }) });
    }
  }, [client, change]);
  const add = useCallback((files: Iterable<File>) => {
    for (const file of files) {
      const upload: Upload = { key: ++uploads, name: file.name, part: 0, stop: new AbortController() };
      if (file.size > maxFileBytes) upload.trouble = fill(t.files.tooLarge, { name: file.name });
      setList((old) => [...old, upload]);
      if (!upload.trouble) void send(upload, file);
    }
  }, [send]);
  const remove = useCallback((key: number) => setList((old) => old.filter((u) => {
    if (u.key === key) u.stop.abort();
    return u.key !== key;
  })), []);
  const take = useCallback(() => {
    const files = running.current.flatMap((u) => (u.file ? [u.file] : []));
    setList([]);
    return files;
  }, []);
  return { list, add, remove, take };
}

/** The button that opens the file chooser. */
export function AddFile({ add, disabled }: { add: (files: Iterable<File>) => void; disabled: boolean }): VNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={input} type="file" class="offscreen" tabIndex={-1} aria-hidden="true" multiple accept=".pdf,.docx,.txt,.md,text/plain,application/pdf"
        onChange={(event) => { add([...(event.currentTarget.files ?? [])]); event.currentTarget.value = ""; }} />
      <button type="button" class="tool add-file" aria-label={t.files.add} title={`${t.files.add} (${t.files.hint})`} disabled={disabled} onClick={() => input.current?.click()}><Icon name="clip" /></button>
    </>
  );
}

/** The files of the message being written, with how far they are. */
export function UploadList({ list, remove }: { list: readonly Upload[]; remove: (key: number) => void }): VNode | null {
  if (list.length === 0) return null;
  return (
    <ul class="uploads" aria-live="polite">
      {list.map((u) => (
        <li key={u.key} class={u.trouble ? "trouble" : undefined}>
          <span dir="auto" role={u.trouble ? "alert" : undefined}>{u.trouble ?? (u.file ? u.name : reading(u))}</span>
          {!u.file && !u.trouble && <progress max={1} value={u.part < 1 ? u.part : undefined} aria-label={u.name} />}
          <button type="button" class="tool" aria-label={fill(t.files.remove, { name: u.name })} title={fill(t.files.remove, { name: u.name })} onClick={() => remove(u.key)}><Icon name="close" /></button>
        </li>
      ))}
    </ul>
  );
}

/** The files of a message that was sent. */
export function Attached({ files }: { files: readonly Attachment[] | undefined }): VNode | null {
  if (!files || files.length === 0) return null;
  return (
    <ul class="attached" aria-label={t.files.attached}>
      {files.map((f) => <li key={f.file_id}><Icon name="clip" /><span dir="auto">{f.name}</span></li>)}
    </ul>
  );
}
