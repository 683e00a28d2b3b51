import type { VNode } from "preact";
import { contrast, palette } from "../../embed/palette";
import { parseColour } from "../../widget/colour";
import { decimal, language } from "../i18n";
import type { Form } from "./form";
import { Copy, described, Field } from "./parts";
import { Preview } from "./preview";
import { t } from "./texts";

const usual = { accent: "#1d5c4b", radius: 16 };
const colour = /^#[0-9a-f]{6}$/i;

/** Colours, shape and first words of the widget, as it will look. */
export function Look({ site, form, may }: { site: string; form: Form; may: boolean }): VNode {
  const { chosen, change, wrong } = form;
  const { theme } = chosen;
  const of = (part: Partial<typeof theme>) => change({ theme: { ...theme, ...part } });
  const at = (field: string) => (wrong?.field === field ? wrong.text : undefined);
  const accent = theme.accent ?? "";
  const shown = colour.test(accent) ? accent : usual.accent;
  return (
    <div class="look">
      <fieldset class="card-of form" disabled={!may}>
        <legend>{t("look")}</legend>
        <Field id="accent" label={t("accent")} wrong={at("accent")}>
          <span class="colour">
            <input type="color" aria-label={t("accent.pick")} value={shown} onInput={(event) => of({ accent: event.currentTarget.value })} />
            <input type="text" id="accent" value={accent} placeholder={usual.accent} maxLength={7} spellcheck={false} aria-invalid={!!at("accent")} aria-describedby={described("accent", false, at("accent"))}
              onInput={(event) => of({ accent: event.currentTarget.value.trim() })} />
          </span>
          <Contrast accent={shown} />
        </Field>
        <Field id="radius" label={t("radius")} wrong={at("radius")}>
          <span class="range"><input type="range" id="radius" min={0} max={28} value={theme.radius ?? usual.radius} onInput={(event) => of({ radius: event.currentTarget.valueAsNumber })} /><output for="radius">{theme.radius ?? usual.radius} px</output></span>
        </Field>
        <div class="pair">
          <Field id="position" label={t("position")}>
            <select id="position" value={theme.position ?? ""} onChange={(event) => of({ position: event.currentTarget.value })}>
              <option value="">{t("usual", { is: t("position.right") })}</option><option value="right">{t("position.right")}</option><option value="left">{t("position.left")}</option>
            </select>
          </Field>
          <Field id="scheme" label={t("scheme")}>
            <select id="scheme" value={theme.scheme ?? ""} onChange={(event) => of({ scheme: event.currentTarget.value })}>
              <option value="">{t("usual", { is: t("scheme.auto") })}</option><option value="auto">{t("scheme.auto")}</option><option value="light">{t("scheme.light")}</option><option value="dark">{t("scheme.dark")}</option>
            </select>
          </Field>
        </div>
        <Field id="greeting" label={t("greeting")} hint={t("greeting.hint")} wrong={at("greeting")}>
          <textarea id="greeting" rows={3} maxLength={300} value={chosen.greeting ?? ""} aria-describedby={described("greeting", true, at("greeting"))} onInput={(event) => change({ greeting: event.currentTarget.value.replace(/\s*\n\s*/g, " ") })} />
        </Field>
        <Field id="locale" label={t("locale")} hint={t("locale.hint")} wrong={at("locale")}>
          <input type="text" id="locale" value={chosen.locale ?? ""} placeholder={t("locale.usual")} maxLength={35} spellcheck={false} aria-invalid={!!at("locale")} aria-describedby={described("locale", true, at("locale"))} onInput={(event) => change({ locale: event.currentTarget.value.trim() })} />
        </Field>
      </fieldset>
      <section class="card-of preview-of" aria-labelledby="preview-title">
        <h2 id="preview-title">{t("preview")}</h2>
        <Preview key={`${site} ${language()}`} site={site} theme={{ ...theme, accent: colour.test(accent) ? accent : undefined }} greeting={chosen.greeting ?? ""} locale={chosen.locale ?? ""} />
      </section>
      <Snippet site={site} />
    </div>
  );
}

/** Whether a colour can be read, and what is made of it where it cannot. */
function Contrast({ accent }: { accent: string }): VNode {
  const given = parseColour(accent);
  const made = palette(accent);
  const values = [["light", "#ece7dc", made["--day"]], ["dark", "#232a28", made["--night"]]] as const;
  return (
    <ul class="contrast">
      {values.map(([scheme, paper, instead]) => {
        const ratio = contrast(given, parseColour(paper));
        const good = instead !== undefined && contrast(given, parseColour(instead)) === 1;
        return (
          <li key={scheme} class={good ? "" : "few"}>
            <i class="swatch" ref={(element) => element?.style.setProperty("background", instead ?? accent)} />
            {good ? t(`contrast.${scheme}.good`, { ratio: decimal(ratio) }) : t(`contrast.${scheme}.changed`, { ratio: decimal(ratio), colour: instead ?? "" })}
          </li>
        );
      })}
    </ul>
  );
}

function Snippet({ site }: { site: string }): VNode {
  const text = `<script async src="${location.origin}/widget.js" data-tenant="${site}"></script>`;
  return (
    <section class="card-of snippet" aria-labelledby="snippet-title">
      <h2 id="snippet-title">{t("snippet")}</h2>
      <p class="quiet">{t("snippet.hint")}</p>
      <pre tabIndex={0} aria-labelledby="snippet-title"><code>{text}</code></pre>
      <Copy text={text} label={t("copy")} />
    </section>
  );
}
