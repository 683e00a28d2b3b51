import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import type { Day, Draft, Pay, Period, Place } from "../../client/protocol";
import type { Field } from "../../draft/post";
import { digits, day as dayWords, hours as hoursWords, pay as payWords, period as periodWords, place as placeWords } from "../../i18n/format";
import { t } from "../../i18n";
import { useAutoGrow } from "../hooks";
import { EditForm } from "./editing";
import { fromList, fromMoney, toList, toMoney, fromPeriod, toPeriod, type PeriodUnit } from "./values";

interface FormProps {
  draft: Draft;
  field: Field;
}

const asText = (value: unknown) => (typeof value === "string" ? value : "");

/** A single line of text. */
export function LineForm({ draft, field }: FormProps): VNode {
  return (
    <EditForm draft={draft} field={field} read={asText} write={(form) => form.trim()} words={asText}>
      {(form, set) => <input type="text" dir="auto" maxLength={300} value={form} aria-label={t.draft.sections[field]} onInput={(e) => set(e.currentTarget.value)} />}
    </EditForm>
  );
}

/** Paragraphs. */
export function BlockForm({ draft, field }: FormProps): VNode {
  return (
    <EditForm draft={draft} field={field} block read={asText} write={(form) => form.trim()} words={asText}>
      {(form, set) => <Area value={form} set={set} label={t.draft.sections[field] ?? field} />}
    </EditForm>
  );
}

/** A list, an item a line. */
export function ListForm({ draft, field }: FormProps): VNode {
  const words = (value: unknown) => fromList(value);
  return (
    <EditForm draft={draft} field={field} block read={fromList} write={(form) => toList(form, "\n")} words={words}>
      {(form, set) => (
        <>
          <Area value={form} set={set} label={t.draft.sections[field] ?? field} />
          <p class="hint">{t.draft.oneLine}</p>
        </>
      )}
    </EditForm>
  );
}

function Area({ value, set, label }: { value: string; set: (value: string) => void; label: string }): VNode {
  const box = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(box, value);
  return <textarea ref={box} dir="auto" rows={3} value={value} aria-label={label} onInput={(e) => set(e.currentTarget.value)} />;
}

export function SkillsForm({ draft, field }: FormProps): VNode {
  const read = (value: unknown) => {
    const skills = (value ?? {}) as { must?: string[]; nice?: string[] };
    return { must: (skills.must ?? []).join(", "), nice: (skills.nice ?? []).join(", ") };
  };
  return (
    <EditForm
      draft={draft}
      field={field}
      read={read}
      write={(form) => ({ must: toList(form.must, ","), nice: toList(form.nice, ",") })}
      words={(value) => Object.values(read(value)).filter(Boolean).join("; ")}
    >
      {(form, set) => (
        <>
          <Labelled text={t.draft.sections.must ?? ""}><input type="text" value={form.must} onInput={(e) => set({ ...form, must: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.draft.sections.nice ?? ""}><input type="text" value={form.nice} onInput={(e) => set({ ...form, nice: e.currentTarget.value })} /></Labelled>
          <p class="hint">{t.draft.commas}</p>
        </>
      )}
    </EditForm>
  );
}

/** One of a few names. */
export function ChoiceForm({ draft, field, options }: FormProps & { options: Record<string, string> }): VNode {
  return (
    <EditForm draft={draft} field={field} read={asText} write={(form) => form} words={(value) => options[asText(value)] ?? asText(value)}>
      {(form, set) => <Choice value={form} options={options} label={t.draft.sections[field] ?? field} set={set} />}
    </EditForm>
  );
}

function Choice({ value, options, label, set }: { value: string; options: Record<string, string>; label: string; set: (value: string) => void }): VNode {
  return (
    <select value={value} aria-label={label} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{t.payFields.unsaid}</option>
      {Object.entries(options).map(([id, name]) => <option key={id} value={id}>{name}</option>)}
    </select>
  );
}

function Labelled({ text, children }: { text: string; children: VNode }): VNode {
  return <label class="labelled"><span>{text}</span>{children}</label>;
}

export function PayForm({ draft, field }: FormProps): VNode {
  const read = (value: unknown) => {
    const pay = (value ?? { min: 0, max: 0 }) as Pay;
    const currency = pay.currency ?? "";
    return { type: pay.type ?? "", currency, min: fromMoney(pay.min, digits(currency || "USD")), max: fromMoney(pay.max, digits(currency || "USD")) };
  };
  const write = (form: ReturnType<typeof read>): Pay | null => {
    const currency = form.currency.trim().toUpperCase();
    const min = toMoney(form.min, digits(currency || "USD"));
    const max = toMoney(form.max, digits(currency || "USD"));
    if (!min && !max) return null;
    return { type: form.type, min: min || max, max: max || min, currency };
  };
  return (
    <EditForm draft={draft} field={field} read={read} write={write} words={(value) => payWords(value as Pay | null)}>
      {(form, set) => (
        <div class="form-row">
          <Labelled text={t.payFields.type}><Choice value={form.type} label={t.payFields.type} options={{ fixed: t.pay.fixed, hourly: t.pay.hourly }} set={(type) => set({ ...form, type: type as Pay["type"] & string })} /></Labelled>
          <Labelled text={t.payFields.min}><input type="text" inputMode="decimal" size={8} value={form.min} onInput={(e) => set({ ...form, min: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.payFields.max}><input type="text" inputMode="decimal" size={8} value={form.max} onInput={(e) => set({ ...form, max: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.payFields.currency}><input type="text" size={4} maxLength={3} pattern="[A-Za-z]{3}" value={form.currency} onInput={(e) => set({ ...form, currency: e.currentTarget.value })} /></Labelled>
        </div>
      )}
    </EditForm>
  );
}

export function PeriodForm({ draft, field }: FormProps): VNode {
  const units: Record<PeriodUnit, string> = { days: t.duration.days, weeks: t.duration.weeks, months: t.duration.months };
  return (
    <EditForm draft={draft} field={field} read={(value) => fromPeriod(value as Period | null)} write={toPeriod} words={(value) => periodWords(value as Period | null)}>
      {(form, set) => (
        <div class="form-row">
          <Labelled text={t.duration.from}><input type="text" inputMode="numeric" size={4} value={form.min} disabled={form.ongoing} onInput={(e) => set({ ...form, min: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.duration.to}><input type="text" inputMode="numeric" size={4} value={form.max} disabled={form.ongoing} onInput={(e) => set({ ...form, max: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.duration.unit}>
            <select value={form.unit} disabled={form.ongoing} onChange={(e) => set({ ...form, unit: e.currentTarget.value as PeriodUnit })}>
              {Object.entries(units).map(([id, name]) => <option key={id} value={id}>{name}</option>)}
            </select>
          </Labelled>
          <label class="tick"><input type="checkbox" checked={form.ongoing} onChange={(e) => set({ ...form, ongoing: e.currentTarget.checked })} />{t.duration.ongoing}</label>
        </div>
      )}
    </EditForm>
  );
}

export function HoursForm({ draft, field }: FormProps): VNode {
  const read = (value: unknown) => {
    const hours = (value ?? { min: 0, max: 0 }) as { min: number; max: number };
    return { min: hours.min ? String(hours.min) : "", max: hours.max ? String(hours.max) : "" };
  };
  const write = (form: { min: string; max: string }) => {
    const min = Math.round(Number(form.min)) || 0;
    const max = Math.round(Number(form.max)) || 0;
    return min || max ? { min: min || max, max: max || min } : null;
  };
  const words = (value: unknown) => hoursWords(Number(read(value).min), Number(read(value).max));
  return (
    <EditForm draft={draft} field={field} read={read} write={write} words={words}>
      {(form, set) => (
        <div class="form-row">
          <Labelled text={t.duration.from}><input type="text" inputMode="numeric" size={4} value={form.min} onInput={(e) => set({ ...form, min: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.duration.to}><input type="text" inputMode="numeric" size={4} value={form.max} onInput={(e) => set({ ...form, max: e.currentTarget.value })} /></Labelled>
        </div>
      )}
    </EditForm>
  );
}

export function DayForm({ draft, field }: FormProps): VNode {
  const read = (value: unknown) => {
    const day = (value ?? { text: "" }) as Day;
    return { date: day.date ?? "", text: day.text, asap: day.asap ?? false };
  };
  const write = (form: ReturnType<typeof read>): Day | null => {
    const text = form.text.trim();
    if (form.asap) return { text: text || t.day.asap, asap: true };
    if (!form.date && !text) return null;
    return form.date ? { date: form.date, text } : { text };
  };
  return (
    <EditForm draft={draft} field={field} read={read} write={write} words={(value) => dayWords(value as Day | null)}>
      {(form, set) => (
        <div class="form-row">
          <Labelled text={t.day.date}><input type="date" value={form.date} disabled={form.asap} onInput={(e) => set({ ...form, date: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.day.text}><input type="text" dir="auto" value={form.text} onInput={(e) => set({ ...form, text: e.currentTarget.value })} /></Labelled>
          <label class="tick"><input type="checkbox" checked={form.asap} onChange={(e) => set({ ...form, asap: e.currentTarget.checked })} />{t.day.asap}</label>
        </div>
      )}
    </EditForm>
  );
}

export function PlaceForm({ draft, field }: FormProps): VNode {
  const modes = { remote: t.place.remote ?? "", onsite: t.place.onsite ?? "", hybrid: t.place.hybrid ?? "" };
  const read = (value: unknown) => {
    const place = (value ?? {}) as Place;
    return { mode: place.mode ?? "", place: place.place ?? "", country: place.country ?? "" };
  };
  const write = (form: ReturnType<typeof read>): Place | null => {
    const parts = Object.entries(form).map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value);
    return parts.length > 0 ? Object.fromEntries(parts) : null;
  };
  return (
    <EditForm draft={draft} field={field} read={read} write={write} words={(value) => placeWords(value as Place | null)}>
      {(form, set) => (
        <div class="form-row">
          <Labelled text={t.place.mode ?? ""}><Choice value={form.mode} label={t.place.mode ?? ""} options={modes} set={(mode) => set({ ...form, mode })} /></Labelled>
          <Labelled text={t.place.place ?? ""}><input type="text" dir="auto" value={form.place} onInput={(e) => set({ ...form, place: e.currentTarget.value })} /></Labelled>
          <Labelled text={t.place.country ?? ""}><input type="text" dir="auto" size={10} value={form.country} onInput={(e) => set({ ...form, country: e.currentTarget.value })} /></Labelled>
        </div>
      )}
    </EditForm>
  );
}
