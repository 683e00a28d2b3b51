import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { fill, t } from "../i18n";
import * as format from "../i18n/format";
import { s } from "./i18n";
import { count, widened, type Search } from "./query";

interface Props {
  search: Search;
  ask: (next: Search) => void;
}

/** The conditions. A choice counts at once, a text when it is left or entered. */
export function Filters({ search, ask }: Props): VNode {
  const [open, setOpen] = useState(() => matchMedia("(min-width: 901px)").matches);
  const set = (field: keyof Search, value: string) => {
    if (search[field] !== value) ask({ ...search, [field]: value });
  };
  const form = { search, set };
  return (
    <details class="filters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{count(search) > 0 ? fill(s.filtersSet, { n: count(search) }) : s.filters}</summary>
      <form onSubmit={(event) => event.preventDefault()}>
        {search.kind !== "proposal" && <Choice {...form} field="category" options={Object.entries(t.categories)} />}
        {search.kind !== "proposal" && <Choice {...form} field="level" options={Object.entries(t.level)} />}
        <PayFields {...form} />
        {search.kind !== "proposal" && <TextField {...form} field="skills" hint={s.hints.commas} />}
        {search.kind !== "proposal" && <TextField {...form} field="any_skills" hint={s.hints.commas} />}
        {search.kind === "profile" && <ProfileFields {...form} />}
        {search.kind !== "proposal" && <PlaceFields {...form} />}
        {search.kind !== "profile" && <Row><TextField {...form} field="from" type="date" /><TextField {...form} field="to" type="date" /></Row>}
        {count(search) > 0 && <button type="button" class="link" onClick={() => ask(widened(search))}>{s.clear}</button>}
      </form>
    </details>
  );
}

interface FieldProps {
  search: Search;
  set: (field: keyof Search, value: string) => void;
}

const currencies = ["USD", "EUR", "GBP", "AUD", "CAD", "CHF", "INR", "JPY", "BRL", "MXN", "PLN", "SEK"].map((code) => [code, code] as const);

function PayFields(form: FieldProps): VNode {
  const { search, set } = form;
  return (
    <fieldset>
      <Choice {...form} field="pay_type" options={[["fixed", t.pay.fixed ?? ""], ["hourly", t.pay.hourly ?? ""]]} />
      <Row>
        <TextField {...form} field="min" mode="decimal" />
        <TextField {...form} field="max" mode="decimal" />
        <Choice {...form} field="currency" options={currencies} />
      </Row>
      {(search.min || search.max) && search.currency && (
        <label class="tick"><input type="checkbox" checked={search.convert !== ""} onChange={(event) => set("convert", event.currentTarget.checked ? "1" : "")} />{s.fields.convert}</label>
      )}
    </fieldset>
  );
}

function ProfileFields(form: FieldProps): VNode {
  return (
    <>
      <Row><TextField {...form} field="available_by" type="date" /><TextField {...form} field="min_hours" mode="numeric" /></Row>
      <TextField {...form} field="credential" hint={s.hints.credential} />
    </>
  );
}

const zones = Array.from({ length: 27 }, (_, index) => index - 12).map((hours) => [String(hours), `UTC${hours < 0 ? "−" : "+"}${Math.abs(hours)}`] as const);
const spans = [1, 2, 3, 4, 6].map((hours) => [String(hours), `± ${hours}`] as const);
const languages = ["en", "es", "pt", "fr", "de", "it", "nl", "pl", "ar", "zh", "ja", "hi"];

function PlaceFields(form: FieldProps): VNode {
  return (
    <>
      <TextField {...form} field="countries" hint={s.hints.countries} />
      <Row><Choice {...form} field="zone" options={zones} />{form.search.zone && <Choice {...form} field="within" options={spans} first="± 2" />}</Row>
      <Choice {...form} field="language" options={languages.map((code) => [code, format.language(code)] as const)} />
    </>
  );
}

function Row({ children }: { children: ComponentChildren }): VNode {
  return <div class="form-row">{children}</div>;
}

interface ChoiceProps extends FieldProps {
  field: keyof Search;
  options: readonly (readonly [string, string])[];
  first?: string;
}

function Choice({ search, set, field, options, first = s.any }: ChoiceProps): VNode {
  return (
    <label class="labelled">{label(field)}
      <select name={field} value={search[field]} onChange={(event) => set(field, event.currentTarget.value)}>
        <option value="">{first}</option>
        {options.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
      </select>
    </label>
  );
}

interface TextProps extends FieldProps {
  field: keyof Search;
  hint?: string;
  type?: "text" | "date";
  mode?: "decimal" | "numeric" | "text";
}

function TextField({ search, set, field, hint, type = "text", mode = "text" }: TextProps): VNode {
  const common = { name: field, value: search[field], onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value.trim()) };
  return (
    <label class="labelled">{label(field)}
      {type === "date" ? <input type="date" {...common} /> : <input type="text" inputMode={mode} autocomplete="off" placeholder={hint} {...common} />}
    </label>
  );
}

function label(field: keyof Search): string {
  return s.fields[field] ?? field;
}
