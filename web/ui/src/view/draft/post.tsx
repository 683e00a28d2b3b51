import type { ComponentChildren, VNode } from "preact";
import type { Draft, JobPost } from "../../client/protocol";
import { sourcesUnder } from "../../draft/pointer";
import type { Field } from "../../draft/post";
import { t } from "../../i18n";
import * as format from "../../i18n/format";
import { SourceMark } from "../sources";
import { FieldView } from "./field";
import { BlockForm, ChoiceForm, DayForm, HoursForm, LineForm, ListForm, PayForm, PeriodForm, PlaceForm, SkillsForm } from "./forms";
import { DraftText, Warnings } from "./text";

/** The post as it will be read, every part editable in its place. */
export function PostView({ draft }: { draft: Draft }): VNode {
  const post = draft.document;
  return (
    <>
      <FieldView draft={draft} field="category" form={() => <ChoiceForm draft={draft} field="category" options={t.categories} />}>
        <p class="eyebrow">{t.categories[post.category] ?? post.category}</p>
      </FieldView>
      <FieldView draft={draft} field="title" form={() => <LineForm draft={draft} field="title" />}>
        <h2 dir="auto"><DraftText draft={draft} path="/title" text={post.title} /></h2>
        <Warnings draft={draft} path="/title" />
      </FieldView>
      <div class="facts">{facts(draft, post)}</div>
      <FieldView draft={draft} field="description" form={() => <BlockForm draft={draft} field="description" />}>
        <Paragraphs draft={draft} text={post.description} />
        <Warnings draft={draft} path="/description" />
      </FieldView>
      <TextList draft={draft} field="deliverables" items={post.deliverables} />
      <FieldView draft={draft} field="skills" heading form={() => <SkillsForm draft={draft} field="skills" />}>
        <SkillChips draft={draft} group="must" items={post.skills?.must} />
        <SkillChips draft={draft} group="nice" items={post.skills?.nice} />
      </FieldView>
      <TextList draft={draft} field="conditions" items={post.conditions} />
      <TextList draft={draft} field="questions" items={post.questions} />
    </>
  );
}

function facts(draft: Draft, post: JobPost): VNode[] {
  const hours = post.hours_per_week;
  const fact = (field: Field, value: string, form: () => VNode, note?: ComponentChildren) => (
    <FieldView key={field} draft={draft} field={field} fact form={form}>
      <span class="value" dir="auto">{value}</span>
      {note}
    </FieldView>
  );
  const kind = post.pay?.type ? <small>{t.pay[post.pay.type]}</small> : null;
  return [
    fact("pay", format.pay(post.pay), () => <PayForm draft={draft} field="pay" />, kind),
    fact("duration", format.period(post.duration), () => <PeriodForm draft={draft} field="duration" />),
    fact("hours_per_week", format.hours(hours?.min, hours?.max), () => <HoursForm draft={draft} field="hours_per_week" />),
    fact("start", format.day(post.start), () => <DayForm draft={draft} field="start" />),
    fact("deadline", format.day(post.deadline), () => <DayForm draft={draft} field="deadline" />),
    fact("level", t.level[post.level] ?? post.level, () => <ChoiceForm draft={draft} field="level" options={t.level} />),
    fact("location", format.place(post.location), () => <PlaceForm draft={draft} field="location" />),
    fact("time_zone", post.time_zone ?? "", () => <LineForm draft={draft} field="time_zone" />),
  ];
}

/** Paragraphs, each knowing where it begins, because claims are positions in the whole text. */
function Paragraphs({ draft, text }: { draft: Draft; text: string }): VNode {
  const blocks = [...text.matchAll(/[^\n]+(?:\n(?!\n)[^\n]*)*/g)];
  return <>{blocks.map((block) => <p key={block.index} dir="auto"><DraftText draft={draft} path="/description" text={block[0]} offset={block.index} /></p>)}</>;
}

function TextList({ draft, field, items }: { draft: Draft; field: "deliverables" | "conditions" | "questions"; items: string[] | undefined }): VNode {
  return (
    <FieldView draft={draft} field={field} heading form={() => <ListForm draft={draft} field={field} />}>
      <ul class="items">
        {(items ?? []).map((item, index) => {
          const path = `/${field}/${index}`;
          return (
            <li key={`${index} ${item}`} dir="auto">
              <DraftText draft={draft} path={path} text={item} />
              <Warnings draft={draft} path={path} />
            </li>
          );
        })}
      </ul>
    </FieldView>
  );
}

function SkillChips({ draft, group, items }: { draft: Draft; group: "must" | "nice"; items: string[] | undefined }): VNode | null {
  if (!items || items.length === 0) return null;
  return (
    <div class={`skills ${group}`}>
      <span class="term" id={`skills-${group}`}>{t.draft.sections[group]}</span>
      <ul aria-labelledby={`skills-${group}`}>
        {items.map((skill, index) => (
          <li key={skill}>
            <span dir="auto">{skill}</span>
            <SourceMark sources={sourcesUnder(draft.claims, `/skills/${group}/${index}`)} known={{ evidence: [], post: draft.document }} />
          </li>
        ))}
      </ul>
    </div>
  );
}
