import type { ComponentType, VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { trouble, type Api } from "../api";
import { name, t } from "../i18n";
import type { Label, Policy } from "../types";

/** The policies as reviewers read them, in a drawer beside the case. */
export function Policies({ api, label, close }: { api: Api; label: Label | ""; close: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, choose] = useState<string>(label);
  const [policies, setPolicies] = useState<Policy[]>([]);
  const [wrong, setWrong] = useState("");
  const [Markdown, setMarkdown] = useState<ComponentType<{ text: string }> | null>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    Promise.all([api.policies(), import("../../markdown/markdown")]).then(
      ([list, module]) => {
        setMarkdown(() => module.Markdown);
        setPolicies(list);
      },
      (error: unknown) => {
        const what = trouble(error);
        setWrong(what.kind === "offline" ? t("trouble.offline") : what.detail);
      },
    );
  }, [api]);
  const policy = policies.find((p) => p.label === chosen) ?? policies[0];
  return (
    <dialog ref={dialog} class="drawer" onClose={close} aria-labelledby="policies-title" onClick={(event) => { if (event.target === dialog.current) dialog.current?.close(); }}>
      <div class="drawer-body">
        <header>
          <h2 id="policies-title">{t("policy.title")}</h2>
          <button type="button" onClick={() => dialog.current?.close()}>{t("policy.close")}</button>
        </header>
        {wrong && <p class="form-trouble" role="alert">{wrong}</p>}
        {policies.length > 0 && (
          <select aria-label={t("policy.title")} value={policy?.label} onChange={(event) => choose(event.currentTarget.value)}>
            {policies.map((p) => <option key={p.label} value={p.label}>{name("label", p.label)}</option>)}
          </select>
        )}
        {policy && Markdown && <article lang="en" tabIndex={0} aria-label={policy.title}><Markdown text={policy.text} /></article>}
      </div>
    </dialog>
  );
}
