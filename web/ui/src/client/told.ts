import type { SessionEvent } from "./protocol";
import type { State } from "./state";

/**
 * What is passed on of an event, given the state before and after it: nothing of
 * one that was seen before or comes too early, and of a text only what is new. A
 * piece at 0 after others means that the text begins anew.
 */
export function told(before: State, after: State, event: SessionEvent): SessionEvent | null {
  if (event.type === "session.opened") return event;
  if (after.behind) return null;
  if (event.offset) return after.offset === event.offset && before.offset !== event.offset ? event : null;
  if (event.type !== "response.output_text.delta") return event;
  const was = textOf(before, event.response_id);
  const is = textOf(after, event.response_id);
  if (was === is) return null;
  return is.startsWith(was) ? { ...event, at: was.length, delta: is.slice(was.length) } : { ...event, at: 0, delta: is };
}

function textOf(state: State, response: string): string {
  return state.responses.find((r) => r.id === response)?.text ?? "";
}
