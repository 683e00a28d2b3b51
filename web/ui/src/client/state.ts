import type { Draft, Feedback, Message, Response, Session } from "./protocol";

/**
 * Everything the page knows of one session. It is only ever changed by
 * `reduce`, so that two tabs that saw the same events show the same thing.
 */
export interface State {
  session: Session | null;
  epoch: string;
  /** The newest durable event that is part of this state. */
  offset: number;
  /** Id of the message at the tip of the selected branch. */
  leaf: string;
  /** In order of arrival, which is the order of creation. */
  messages: readonly Message[];
  responses: readonly Response[];
  /** Stored versions that were seen, oldest first. */
  drafts: readonly Draft[];
  /** Versions that a running response has shown but that are not stored yet, by draft id. */
  liveDrafts: Readonly<Record<string, Draft>>;
  feedback: Readonly<Record<string, Feedback>>;
  deleted: boolean;
  /** Set when events are missing: the connection must be resumed to fill the gap. */
  behind: boolean;
}

export const empty: State = {
  session: null,
  epoch: "",
  offset: 0,
  leaf: "",
  messages: [],
  responses: [],
  drafts: [],
  liveDrafts: {},
  feedback: {},
  deleted: false,
  behind: false,
};
