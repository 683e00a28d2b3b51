import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { covers, type AreaProps } from "../areas";
import { address } from "../place";
import { Access } from "./access";
import { useForm, type Form } from "./form";
import { History } from "./history";
import { Look } from "./look";
import { Moderation } from "./moderation";
import { Broken } from "./parts";
import { t } from "./texts";

const views = ["look", "access", "moderation", "history"] as const;

/** What a site chooses: how its widget looks, who may show it, with which keys, and how strictly messages are screened. */
export default function SettingsArea({ api, me, place, go }: AreaProps): VNode {
  const p = new URLSearchParams(place.search);
  const view = views.find((name) => name === p.get("view")) ?? "look";
  const [saves, count] = useState(0);
  const form = useForm(api, () => count((n) => n + 1));
  const may = covers(me.role, "admin");
  const to = (name: string) => address("/console/settings", { site: p.get("site") ?? "", view: name === "look" ? "" : name });
  return (
    <main class="desk-of figures-of settings-of">
      <div class="views">
        <h1>{t("title")}</h1>
        <nav aria-label={t("views")}>
          {views.map((name) => <a key={name} href={to(name)} aria-current={view === name ? "page" : undefined} onClick={(event) => { event.preventDefault(); go(to(name)); }}>{t(`view.${name}`)}</a>)}
        </nav>
      </div>
      <div class="agreement settings" id="content" tabIndex={-1} aria-busy={!form.saved && !form.wrong}>
        {!may && <p class="notice">{t("readOnly")}</p>}
        {!form.saved && form.wrong && <Broken text={form.wrong.text} again={form.load} />}
        {form.saved && view === "look" && <Look site={api.site} form={form} may={may} />}
        {form.saved && view === "access" && <Access api={api} form={form} saved={form.saved} may={may} />}
        {view === "moderation" && <Moderation api={api} may={may} />}
        {view === "history" && <History key={saves} api={api} form={form} may={may} show={() => go(to("look"))} />}
      </div>
      {form.saved && (form.dirty || form.theirs) && <Unsaved form={form} />}
      <p class="offscreen" role="status">{saves > 0 && !form.dirty ? t("saved") : ""}</p>
    </main>
  );
}

/** The bar that stays while something is not saved. */
function Unsaved({ form }: { form: Form }): VNode {
  const { theirs, busy, wrong, save, discard } = form;
  if (theirs) {
    return (
      <div class="unsaved" role="alert">
        <p>{t("stale")}</p>
        <button type="button" onClick={discard}>{t("stale.theirs")}</button>
        <button type="button" class="primary" disabled={busy} onClick={() => save(true)}>{t("stale.mine")}</button>
      </div>
    );
  }
  return (
    <div class="unsaved">
      <p role="status">{wrong ? <span class="field-wrong">{wrong.field ? t("wrongField") : wrong.text}</span> : t("unsaved")}</p>
      <button type="button" class="quiet" onClick={discard}>{t("discard")}</button>
      <button type="button" class="primary" disabled={busy} onClick={() => save()}>{t("save")}</button>
    </div>
  );
}
