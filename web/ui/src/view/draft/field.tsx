import type { ComponentChildren, VNode } from "preact";
import type { Draft } from "../../client/protocol";
import { changedByTurn, sourcesUnder } from "../../draft/pointer";
import { isSet, type Field } from "../../draft/post";
import { fill, t } from "../../i18n";
import { Icon } from "../icons";
import { SourceMark } from "../sources";
import { useEditing } from "./editing";

interface Props {
  draft: Draft;
  field: Field;
  /** The form, shown instead of the content while the field is edited. */
  form: () => VNode;
  children: ComponentChildren;
  /** A fact beside others: a term and its value. */
  fact?: boolean;
  /** The name of the section, when it is shown as a heading. */
  heading?: boolean;
}

/** One part of the post: its content, the way to edit it, and whether it changed in this turn. */
export function FieldView({ draft, field, form, children, fact, heading }: Props): VNode | null {
  const editing = useEditing();
  const name = t.draft.sections[field] ?? field;
  const open = editing.open.has(field);
  if (!open && !isSet(draft.document[field])) return null;
  const changed = changedByTurn(draft, field);
  const edit = (event: MouseEvent) => {
    // A click that selects text, or that meets something of its own, is not meant to edit.
    const target = event.target as Element;
    if (target.closest("button, a, .source, .warnings, form") || window.getSelection()?.toString()) return;
    editing.start(field);
  };
  return (
    <div class={`field field-${field} ${fact ? "fact" : ""}`} data-field={field} data-changed={changed ? draft.version % 2 : undefined} onClick={open ? undefined : edit}>
      {heading && <h3>{name}</h3>}
      {fact && <span class="term">{name}</span>}
      {open ? form() : (
        <div class="content">
          {children}
          {fact && <SourceMark sources={sourcesUnder(draft.claims, `/${field}`)} known={{ evidence: [], post: draft.document }} />}
          {changed && <span class="offscreen"> ({t.draft.changed})</span>}
        </div>
      )}
      {!open && (
        <button type="button" id={`edit-${field}`} class="tool edit" aria-label={fill(t.draft.edit, { slot: name })} title={fill(t.draft.edit, { slot: name })} onClick={() => editing.start(field)}>
          <Icon name="edit" />
        </button>
      )}
    </div>
  );
}
