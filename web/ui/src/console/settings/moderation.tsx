import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Refused, type Api } from "../api";
import { name } from "../i18n";
import { actions, labels } from "../types";
import { Broken, Field, wrongOf } from "./parts";
import { t } from "./texts";

interface Thresholds { review?: number; hold?: number; block?: number }
interface Label extends Thresholds { channels?: string[]; certain?: string; likely?: string }

/** What a site chose of /v1/moderation/settings; what this page does not show is sent back as it came. */
interface Chosen {
  labels?: Record<string, Label>;
  any?: Thresholds;
  judge?: { off?: boolean; [other: string]: unknown };
  hold?: { hours?: number; then?: string };
  retention_days?: number;
}

const path = "/v1/moderation/settings";
const lines = ["review", "hold", "block"] as const;

/** How strictly messages are screened: thresholds and actions of each label. Empty fields follow the default. */
export function Moderation({ api, may }: { api: Api; may: boolean }): VNode {
  const [saved, setSaved] = useState<Chosen | null>(null);
  const [usual, setUsual] = useState<Chosen>({});
  const [edited, edit] = useState<Chosen>({});
  const [tag, setTag] = useState("");
  const [wrong, setWrong] = useState("");
  const [said, say] = useState("");
  const load = useCallback(() => {
    setWrong("");
    const stop = new AbortController();
    Promise.all([api.stream(path, stop.signal), api.get(`${path}?effective=true`)]).then(async ([response, effective]) => {
      const chosen = (await response.json()) as Chosen;
      setTag(response.headers.get("ETag") ?? "");
      setSaved(chosen);
      edit(chosen);
      setUsual(effective as Chosen);
    }).catch((error: unknown) => setWrong(wrongOf(error).text));
  }, [api]);
  useEffect(load, [load]);
  if (!saved) return wrong ? <Broken text={wrong} again={load} /> : <p role="status" class="quiet">{t("loading")}</p>;
  const dirty = JSON.stringify(clean(edited)) !== JSON.stringify(clean(saved));
  const save = (event: Event) => {
    event.preventDefault();
    api.send("PUT", path, clean(edited), undefined, { "If-Match": tag }).then(() => { say(t("saved")); load(); }, (error: unknown) => {
      setWrong(error instanceof Refused && error.status === 412 ? t("moderation.stale") : wrongOf(error).text);
    });
  };
  const label = (of: string, part: Label) => { say(""); edit({ ...edited, labels: { ...edited.labels, [of]: { ...edited.labels?.[of], ...part } } }); };
  const hold = (part: object) => edit({ ...edited, hold: { ...edited.hold, ...part } });
  return (
    <form onSubmit={save} noValidate class="moderation-form">
      <p class="quiet">{t("moderation.hint")}</p>
      <section class="card-of" aria-labelledby="labels-head">
        <h2 id="labels-head">{t("moderation.labels")}</h2>
        <div class="table-scroll" tabIndex={0} role="group" aria-labelledby="labels-head">
          <table class="thresholds">
            <thead><tr><th scope="col">{t("moderation.label")}</th>{lines.map((line) => <th key={line} scope="col">{t(`moderation.${line}`)}</th>)}<th scope="col">{t("moderation.certain")}</th><th scope="col">{t("moderation.likely")}</th></tr></thead>
            <tbody>
              {labels.map((of) => (
                <tr key={of}>
                  <th scope="row">{name("label", of)}</th>
                  {lines.map((line) => (
                    <td key={line}><Score label={`${name("label", of)}: ${t(`moderation.${line}`)}`} value={edited.labels?.[of]?.[line]} usual={usual.labels?.[of]?.[line]} may={may} set={(value) => label(of, { [line]: value })} /></td>
                  ))}
                  {(["certain", "likely"] as const).map((strength) => (
                    <td key={strength}>
                      <select aria-label={`${name("label", of)}: ${t(`moderation.${strength}`)}`} disabled={!may} value={edited.labels?.[of]?.[strength] ?? ""} onChange={(event) => label(of, { [strength]: event.currentTarget.value || undefined })}>
                        <option value="">{t("moderation.usual")}</option>
                        {actions.map((action) => <option key={action} value={action}>{name("action", action)}</option>)}
                      </select>
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">{t("moderation.any")}</th>
                {lines.map((line) => <td key={line}><Score label={`${t("moderation.any")}: ${t(`moderation.${line}`)}`} value={edited.any?.[line]} usual={usual.any?.[line]} may={may} set={(value) => edit({ ...edited, any: { ...edited.any, [line]: value } })} /></td>)}
                <td colSpan={2} />
              </tr>
            </tbody>
          </table>
        </div>
      </section>
      <fieldset class="card-of form held" disabled={!may}>
        <legend>{t("moderation.held")}</legend>
        <Field id="hours" label={t("moderation.hours")}><Whole id="hours" value={edited.hold?.hours} usual={usual.hold?.hours} most={168} set={(hours) => hold({ hours })} /></Field>
        <Field id="then" label={t("moderation.then")}>
          <select id="then" value={edited.hold?.then ?? ""} onChange={(event) => hold({ then: event.currentTarget.value || undefined })}>
            <option value="">{t("usual", { is: name("action", usual.hold?.then ?? "block") })}</option>
            {["block", "deliver"].map((action) => <option key={action} value={action}>{name("action", action)}</option>)}
          </select>
        </Field>
        <Field id="retention" label={t("moderation.retention")}><Whole id="retention" value={edited.retention_days} usual={usual.retention_days} most={3650} set={(retention_days) => edit({ ...edited, retention_days })} /></Field>
        <label class="tick"><input type="checkbox" checked={edited.judge?.off ?? false} onChange={(event) => edit({ ...edited, judge: { ...edited.judge, off: event.currentTarget.checked || undefined } })} /> {t("moderation.judgeOff")}</label>
      </fieldset>
      {(dirty || wrong) && (
        <div class="unsaved">
          <p role="status">{wrong ? <span class="field-wrong">{wrong}</span> : t("unsaved")}</p>
          <button type="button" class="quiet" onClick={load}>{t("discard")}</button>
          {dirty && <button type="submit" class="primary">{t("save")}</button>}
        </div>
      )}
      <p class="offscreen" role="status">{said}</p>
    </form>
  );
}

function Score({ label, value, usual, may, set }: { label: string; value?: number; usual?: number; may: boolean; set: (value: number | undefined) => void }): VNode {
  return (
    <input type="number" aria-label={label} min={0} max={2} step="any" disabled={!may} value={value ?? ""} placeholder={usual === undefined ? "" : usual > 1 ? t("moderation.never") : usual.toFixed(usual < 0.99 ? 2 : 3)}
      onChange={(event) => set(event.currentTarget.value === "" ? undefined : event.currentTarget.valueAsNumber)} />
  );
}

function Whole({ id, value, usual, most, set }: { id: string; value?: number; usual?: number; most: number; set: (value: number | undefined) => void }): VNode {
  return <input type="number" id={id} min={1} max={most} step={1} value={value ?? ""} placeholder={`${usual ?? ""}`} onChange={(event) => set(event.currentTarget.value === "" ? undefined : Math.round(event.currentTarget.valueAsNumber))} />;
}

/** Without labels of which nothing is chosen. */
function clean(chosen: Chosen): Chosen {
  const some = Object.entries(chosen.labels ?? {}).filter(([, label]) => Object.values(label).some((value) => value !== undefined)).sort(([a], [b]) => a.localeCompare(b));
  return JSON.parse(JSON.stringify({ labels: some.length > 0 ? Object.fromEntries(some) : undefined, any: full(chosen.any), judge: full(chosen.judge), hold: full(chosen.hold), retention_days: chosen.retention_days })) as Chosen;
}

function full<T extends object>(part?: T): T | undefined {
  return part && Object.values(part).some((value) => value !== undefined) ? part : undefined;
}
