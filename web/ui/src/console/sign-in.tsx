import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Mark } from "../view/icons";
import { trouble, type Api } from "./api";
import { t } from "./i18n";
import { Languages, ThemeButton } from "./shell";
import type { Session } from "./types";

interface Props {
  api: Api;
  /** The session has ended while somebody worked: the page behind stays. */
  again: boolean;
  entered: (session: Session) => void;
  change: (code: string) => void;
}

/** Signing in: by a one-time token, or with the identity provider where one is set up. */
export function SignIn({ api, again, entered, change }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { if (again) dialog.current?.showModal(); }, [again]);
  if (again) {
    return (
      <dialog ref={dialog} class="sign-in" aria-labelledby="sign-in-title" onCancel={(event) => event.preventDefault()}>
        <Form api={api} again entered={entered} />
      </dialog>
    );
  }
  return (
    <main class="sign-in-page">
      <div class="sign-in card">
        <p class="brand"><Mark /><span>{t("app.name")}</span></p>
        <Form api={api} again={false} entered={entered} />
      </div>
      <footer><Languages change={change} /><ThemeButton /></footer>
    </main>
  );
}

function Form({ api, again, entered }: Omit<Props, "change">): VNode {
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [provider, setProvider] = useState(false);
  const [wrong, setWrong] = useState(again ? "" : fromProvider);
  useEffect(() => { void api.hasProvider().then(setProvider); }, [api]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!token.trim() || busy) return;
    setBusy(true);
    try {
      entered(await api.signIn(token.trim()));
    } catch (error) {
      const what = trouble(error);
      setWrong(what.kind === "offline" ? t("trouble.offline") : what.detail);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} method="dialog">
      <h1 id="sign-in-title">{t("signIn.title")}</h1>
      {again && <p>{t("signIn.again")}</p>}
      {wrong && <p class="form-trouble" role="alert">{wrong}</p>}
      {provider && <p class="provider"><a class="button primary" href="/v1/console/oidc/start">{t("signIn.provider")}</a><span class="quiet">{t("signIn.or")}</span></p>}
      <label class="labelled" for="token">{t("signIn.token")}</label>
      <input id="token" type="password" autocomplete="one-time-code" spellcheck={false} value={token} aria-describedby="token-hint" onInput={(event) => setToken(event.currentTarget.value)} autoFocus />
      <p class="hint" id="token-hint">{t("signIn.hint")}</p>
      <button type="submit" class={provider ? "" : "primary"} disabled={busy || !token.trim()}>{t("signIn.go")}</button>
    </form>
  );
}

/** What the identity provider's way back says in the address. */
function fromProvider(): string {
  const code = new URLSearchParams(location.search).get("error");
  if (!code) return "";
  if (code === "stranger" || code === "untrusted" || code === "unavailable") return t(`signIn.error.${code}`);
  return t("signIn.error.other");
}
