import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Api } from "../api";
import { instant } from "../i18n";
import { Copy, Dialog, wrongOf } from "../settings/parts";
import { outcome } from "./page";
import { t } from "./texts";
import type { Delivery } from "./types";

interface Event { payload?: unknown; deliveries: Delivery[] }

/** An event as it is sent, and how it went at each endpoint. */
export function Detail({ api, event, may, changed, close }: { api: Api; event: string; may: boolean; changed: () => void; close: () => void }): VNode {
  const [shown, set] = useState<Event | null>(null);
  const [wrong, setWrong] = useState("");
  const path = `/v1/console/webhooks/deliveries/${encodeURIComponent(event)}`;
  const load = useCallback(() => {
    api.get(path).then((answer) => set(answer as Event), (error: unknown) => setWrong(wrongOf(error).text));
  }, [api, path]);
  useEffect(load, [load]);
  const waits = shown?.deliveries.some((d) => d.status === "pending") ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(load, 2000);
    return () => clearInterval(timer);
  }, [waits, load]);
  const again = () => {
    setWrong("");
    api.send("POST", `${path}/redeliver`).then(() => { load(); changed(); }, (error: unknown) => setWrong(wrongOf(error).text));
  };
  const payload = shown?.payload ? JSON.stringify(shown.payload, null, 2) : "";
  return (
    <Dialog title={shown?.deliveries[0]?.type ?? t("event")} close={close}>
      <div class="event" aria-busy={!shown && !wrong}>
        <p class="quiet">Webhook-Id <code>{event}</code></p>
        {wrong && <p class="field-wrong" role="alert">{wrong}</p>}
        <ul class="attempts">
          {shown?.deliveries.map((d) => <li key={d.seq}><span class={`state state-${d.status}`}>{t(`status.${d.status}`)}</span><code>{d.url}</code><span class="quiet">{outcome(d)}</span><time class="quiet" dateTime={d.changed}>{instant(d.changed)}</time></li>)}
        </ul>
        <h3 id="payload-title">{t("payload")}</h3>
        {shown && !shown.payload ? <p class="quiet">{t("payload.admins")}</p> : <pre tabIndex={0} aria-labelledby="payload-title">{payload}</pre>}
        <div class="dialog-buttons">
          {payload && <Copy text={payload} label={t("copy")} />}
          <button type="button" class="quiet" onClick={close}>{t("close")}</button>
          {may && shown && <button type="button" class="primary" disabled={waits} onClick={again}>{t("again")}</button>}
        </div>
      </div>
    </Dialog>
  );
}
