import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Draft, JobPost } from "../../client/protocol";
import { toMarkdown } from "../../draft/markdown";
import { published } from "../../draft/post";
import { fill, t, trouble } from "../../i18n";
import { usePage } from "../context";
import { copyText, useFlash } from "../hooks";
import { Icon } from "../icons";
import { Menu } from "../menu";
import { download } from "../download";

/** Copy, and the post as a file, made here from the document. */
export function ExportMenu({ post }: { post: JobPost }): VNode {
  const [copied, flash] = useFlash();
  const copy = () => void copyText(toMarkdown(post)).then((done) => done && flash());
  const json = () => `${JSON.stringify(published(post), null, 2)}\n`;
  return (
    <>
      <button type="button" class="tool copy-post" aria-label={copied ? t.draft.copied : t.draft.copy} title={t.draft.copy} onClick={copy}><Icon name={copied ? "check" : "copy"} /></button>
      <Menu label={t.draft.export} icon="export" className="end">
        {(close) => (
          <ul class="menu-list">
            <li><button type="button" onClick={() => { download(post.title, "md", toMarkdown(post)); close(); }}>{t.draft.markdown}</button></li>
            <li><button type="button" onClick={() => { download(post.title, "json", json()); close(); }}>{t.draft.json}</button></li>
          </ul>
        )}
      </Menu>
    </>
  );
}

/** Publishing asks once, and says what is still open. */
export function Publish({ draft }: { draft: Draft }): VNode | null {
  const { view } = usePage();
  const [asking, setAsking] = useState(false);
  if (draft.published) return null;
  return (
    <>
      <button type="button" class="primary publish" disabled={view.link.state !== "open"} onClick={() => setAsking(true)}>{t.draft.publish}</button>
      {asking && <Confirm draft={draft} close={() => setAsking(false)} />}
    </>
  );
}

function Confirm({ draft, close }: { draft: Draft; close: () => void }): VNode {
  const { client } = usePage();
  const [problem, setProblem] = useState("");
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const missing = (draft.document.missing ?? []).map((slot) => (t.draft.sections[slot] ?? slot).toLowerCase());
  const warnings = draft.document.warnings?.length ?? 0;
  const publish = () => {
    client.publish(draft.draft_id, draft.version).then(close, (error: unknown) => setProblem(trouble(error)));
  };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="publish-title">
      <h2 id="publish-title">{t.draft.confirm.title}</h2>
      <p dir="auto" class="publish-name">{draft.document.title || t.draft.untitled}</p>
      <p>{missing.length > 0 ? fill(t.draft.confirm.open, { list: missing.join(", ") }) : t.draft.confirm.ready}</p>
      {warnings > 0 && <p>{fill(t.draft.confirm.warnings, { n: warnings })}</p>}
      {problem && <p role="alert" class="form-trouble">{problem}</p>}
      <div class="form-actions">
        <button type="button" class="primary" onClick={publish}>{t.draft.confirm.yes}</button>
        <button type="button" onClick={() => dialog.current?.close()}>{t.draft.confirm.no}</button>
      </div>
    </dialog>
  );
}
