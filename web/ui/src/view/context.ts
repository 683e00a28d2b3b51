import { createContext, type RefObject } from "preact";
import { useContext } from "preact/hooks";
import type { ChatClient, View } from "../client/chat";
import type { Keep } from "../client/outbox";
import type { Draft, Source } from "../client/protocol";

/** What the page points out: a span of a message, or a document. */
export interface Pointed {
  message: string;
  start: number;
  end: number;
  document: string;
}

/** What every part of the page may use. */
export interface Page {
  client: ChatClient;
  view: View;
  /** Where the page keeps what is typed. */
  keep: Keep;
  /** On which side of the market the person stands. */
  role: "client" | "freelancer";
  /** The job post, if there is one. */
  draft: Draft | undefined;
  /** All drafts of the conversation, the one changed last at the end. */
  drafts: readonly Draft[];
  pointed: Pointed | null;
  /** Shows where a source stands: in a message, among similar posts, in the figures. */
  show: (source: Source) => void;
  /** Puts the cursor into the message box, with a text to begin with if one is given. */
  compose: (text?: string) => void;
  /** Where the message box says how to do that. */
  composer: RefObject<((text?: string) => void) | null>;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("usePage outside of the page");
  return page;
}
