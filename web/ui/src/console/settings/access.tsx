import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../view/icons";
import type { Api } from "../api";
import type { Form } from "./form";
import { Keys } from "./keys";
import { described, Field } from "./parts";
import { t } from "./texts";
import type { Settings } from "./types";

/** Who may show the widget, and with which keys somebody speaks for the site. */
export function Access({ api, form, saved, may }: { api: Api; form: Form; saved: Settings; may: boolean }): VNode {
  return (
    <>
      <Origins form={form} saved={saved} may={may} />
      <Keys api={api} kind="api" fixed={saved.fixed.api_keys} may={may} />
      <Keys api={api} kind="jwt" fixed={saved.fixed.jwt ? 1 : 0} may={may}>
        <Claims form={form} saved={saved} may={may} />
      </Keys>
    </>
  );
}

/** An origin as somebody writes it, and as browsers send it; empty when it is none. */
function originOf(text: string): string {
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    return url.username || text.includes("*") ? "" : url.origin;
  } catch {
    return "";
  }
}

function Origins({ form, saved, may }: { form: Form; saved: Settings; may: boolean }): VNode {
  const [text, setText] = useState("");
  const [bad, setBad] = useState("");
  const { chosen, change, wrong } = form;
  const fixed = saved.fixed.origins;
  const add = (event: Event) => {
    event.preventDefault();
    const origin = originOf(text.trim());
    if (!origin) { setBad(t("origins.none")); return; }
    if (chosen.origins.includes(origin) || fixed.some((f) => f.origin === origin)) { setBad(t("origins.twice")); return; }
    change({ origins: [...chosen.origins, origin] });
    setText("");
    setBad("");
  };
  const problem = bad || (wrong?.field === "origins" ? wrong.text : "");
  const gone = saved.chosen.origins.filter((origin) => !chosen.origins.includes(origin));
  return (
    <section class="card-of" aria-labelledby="origins-title">
      <h2 id="origins-title">{t("origins")}</h2>
      <p class="quiet">{t("origins.hint")}</p>
      <ul class="origins">
        {fixed.map(({ origin, from }) => <li key={origin}><code>{origin}</code><span class="quiet">{t("fixed", { field: from })}</span></li>)}
        {chosen.origins.map((origin) => (
          <li key={origin}>
            <code>{origin}</code>
            {!saved.chosen.origins.includes(origin) && <span class="mark-new">{t("origins.new")}</span>}
            {may && <button type="button" class="tool" aria-label={t("origins.remove", { origin })} title={t("origins.remove", { origin })} onClick={() => change({ origins: chosen.origins.filter((o) => o !== origin) })}><Icon name="bin" /></button>}
          </li>
        ))}
        {gone.map((origin) => (
          <li key={origin} class="gone"><del><code>{origin}</code></del><span class="few">{t("origins.cut")}</span>
            <button type="button" class="link" onClick={() => change({ origins: [...chosen.origins, origin] })}>{t("origins.back")}</button></li>
        ))}
        {fixed.length + chosen.origins.length + gone.length === 0 && <li class="quiet">{t("origins.empty")}</li>}
      </ul>
      {may && (
        <form class="add" onSubmit={add} noValidate>
          <Field id="origin" label={t("origins.add")} wrong={problem || undefined}>
            <span class="add-line">
              <input type="text" id="origin" inputMode="url" placeholder="https://shop.example" value={text} spellcheck={false} autocomplete="off" aria-invalid={!!problem} aria-describedby={described("origin", false, problem)} onInput={(event) => { setText(event.currentTarget.value); setBad(""); }} />
              <button type="submit">{t("add")}</button>
            </span>
          </Field>
        </form>
      )}
    </section>
  );
}

/** For whom and by whom tokens are, where the configuration does not say it. */
function Claims({ form, saved, may }: { form: Form; saved: Settings; may: boolean }): VNode {
  const { chosen, change, wrong } = form;
  const { jwt } = saved.fixed;
  if (jwt) return <p class="quiet">{t("jwt.fixed", { issuer: jwt.issuer, audience: jwt.audience })}</p>;
  const at = (field: string) => (wrong?.field === field ? wrong.text : undefined);
  return (
    <fieldset class="pair" disabled={!may}>
      <Field id="issuer" label={t("jwt.issuer")} wrong={at("jwt_issuer")}>
        <input type="text" id="issuer" value={chosen.jwt_issuer ?? ""} placeholder={saved.site} onInput={(event) => change({ jwt_issuer: event.currentTarget.value })} />
      </Field>
      <Field id="audience" label={t("jwt.audience")} wrong={at("jwt_audience")}>
        <input type="text" id="audience" value={chosen.jwt_audience ?? ""} placeholder="parley" onInput={(event) => change({ jwt_audience: event.currentTarget.value })} />
      </Field>
    </fieldset>
  );
}
