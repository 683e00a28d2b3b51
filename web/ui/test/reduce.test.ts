import { describe, expect, it } from "vitest";
import type { SessionEvent } from "../src/client/protocol";
import { branch, currentDraft, responseTo, running } from "../src/client/tree";
import { draft, message, opened, play, response, runningTurn } from "./make";

const delta = (position: number, text: string, id = "r1"): SessionEvent => ({ type: "response.output_text.delta", response_id: id, at: position, delta: text });
const textOf = (events: SessionEvent[]) => responseTo(play(events, runningTurn()), "m1")?.text;

describe("durable events", () => {
  const turn: SessionEvent[] = [
    { type: "message.created", offset: 1, message: message("m1") },
    { type: "response.created", offset: 2, response_id: "r1", message_id: "m1" },
    { type: "draft.updated", offset: 3, draft: draft(1, "m1") },
    { type: "response.completed", offset: 4, response: response("r1", "m1", { text: "All of it." }) },
  ];

  it("build the conversation", () => {
    const state = play([opened(), ...turn]);
    expect(branch(state).map((e) => [e.message.id, e.response?.text])).toEqual([["m1", "All of it."]]);
    expect(currentDraft(state)?.version).toBe(1);
    expect(state.offset).toBe(4);
  });

  it("count once, however often they come", () => {
    const once = play([opened(), ...turn]);
    expect(play([opened(), ...turn.flatMap((event) => [event, event]), ...turn])).toEqual(once);
  });

  it("from beyond a gap are not applied, and the gap is noticed", () => {
    const state = play([opened(), ...turn.slice(0, 1), ...turn.slice(2)]);
    expect(state.behind).toBe(true);
    expect(state.offset).toBe(1);
    expect(state.drafts).toEqual([]);
  });

  it("fill a gap after a resume, and the result is the same as without one", () => {
    const cut = play([opened(), ...turn.slice(0, 1), ...turn.slice(3)]);
    const resumed = play([opened({ recovered: true, offset: 4 }), ...turn.slice(1)], cut);
    expect(resumed).toEqual(play([opened(), ...turn]));
  });

  it("of a type that is not known change nothing but the place", () => {
    const before = play([opened(), ...turn]);
    const after = play([{ type: "something.later", offset: 5 } as unknown as SessionEvent], before);
    expect(after).toEqual({ ...before, offset: 5 });
  });
});

describe("text", () => {
  it("grows by its pieces", () => expect(textOf([delta(0, "Hel"), delta(3, "lo")])).toBe("Hello"));
  it("ignores a piece that is there already", () => expect(textOf([delta(0, "Hello"), delta(3, "lo"), delta(1, "ell")])).toBe("Hello"));
  it("takes a longer piece over the part that is there", () => expect(textOf([delta(0, "Hello"), delta(3, "lo there")])).toBe("Hello there"));
  it("starts anew at position 0", () => expect(textOf([delta(0, "Hello"), delta(0, "Hello there, you")])).toBe("Hello there, you"));
  it("counts in UTF-16 units", () => expect(textOf([delta(0, "🐶"), delta(2, "!")])).toBe("🐶!"));

  it("is not torn by a lost piece", () => {
    const state = play([delta(0, "Hel"), delta(9, "world")], runningTurn());
    expect(state.behind).toBe(true);
    expect(responseTo(state, "m1")?.text).toBe("Hel");
  });

  it("of a response that nobody announced shows that something is missing", () => {
    expect(play([delta(0, "x", "r9")], runningTurn()).behind).toBe(true);
  });

  it("is final once the response has ended", () => {
    const state = play([{ type: "response.completed", offset: 3, response: response("r1", "m1", { text: "Final." }) }, delta(0, "late")], runningTurn());
    expect(responseTo(state, "m1")?.text).toBe("Final.");
    expect(state.behind).toBe(false);
  });
});

describe("a running response", () => {
  it("is caught up after a reconnect without doubling", () => {
    const before = play([delta(0, "One two")], runningTurn());
    const state = play([
      opened({ recovered: true, offset: 2 }),
      { type: "response.created", response_id: "r1", message_id: "m1" },
      delta(0, "One two three"),
      delta(13, " four"),
    ], before);
    expect(state.responses).toHaveLength(1);
    expect(running(state)?.text).toBe("One two three four");
  });

  it("shows route, evidence and question while it runs", () => {
    const state = play([
      { type: "response.in_progress", response_id: "r1", route: "job_post", model: "builtin" },
      { type: "response.evidence", response_id: "r1", items: [{ id: "p1", kind: "job_post", title: "A post" }] },
      { type: "response.question", response_id: "r1", slot: "duration", text: "How long?", suggestions: [{ text: "A week" }] },
    ], runningTurn());
    expect(running(state)).toMatchObject({ route: "job_post", model: "builtin", evidence: [{ id: "p1" }], question: { slot: "duration", text: "How long?" } });
  });

  it("that is replaced leaves its place to the next one, and nothing of its text", () => {
    const state = play([
      delta(0, "First try"),
      { type: "response.replaced", offset: 3, response_id: "r1", message_id: "m1" },
      { type: "response.created", offset: 4, response_id: "r2", message_id: "m1" },
      delta(0, "Second", "r2"),
      delta(9, " ignored", "r1"),
    ], runningTurn());
    expect(branch(state)[0]?.response).toMatchObject({ id: "r2", text: "Second" });
    expect(JSON.stringify(state)).not.toContain("First try");
  });

  it("keeps a finished answer replaced by a regeneration out of the conversation", () => {
    const state = play([
      { type: "response.completed", offset: 3, response: response("r1", "m1") },
      { type: "response.replaced", offset: 4, response_id: "r1", message_id: "m1" },
    ], runningTurn());
    expect(branch(state)[0]?.response).toBeUndefined();
  });

  it.each(["response.failed", "response.cancelled"] as const)("that ends with %s takes the draft it had shown with it", (type) => {
    const stored = draft(1, "m0");
    const before = play([opened({ snapshot: { messages: [message("m0")], drafts: [stored] } })]);
    const state = play([
      { type: "message.created", offset: 1, message: message("m1", "m0") },
      { type: "response.created", offset: 2, response_id: "r1", message_id: "m1" },
      { type: "draft.updated", draft: draft(2, "m1") },
    ], before);
    expect(currentDraft(state)?.version).toBe(2);
    const ended = play([{ type, offset: 3, response: response("r1", "m1", { status: "failed" }) }], state);
    expect(currentDraft(ended)).toEqual(stored);
  });
});

describe("drafts", () => {
  it("shown by a turn become the stored one without a step back", () => {
    const shown = play([{ type: "draft.updated", draft: draft(1, "m1", { author: "assistant" }) }], runningTurn());
    expect(currentDraft(shown)?.version).toBe(1);
    const completed = play([{ type: "response.completed", offset: 3, response: response("r1", "m1") }], shown);
    expect(currentDraft(completed)?.version).toBe(1);
    const stored = play([{ type: "draft.updated", offset: 4, draft: draft(1, "m1") }], completed);
    expect(stored.liveDrafts).toEqual({});
    expect(currentDraft(stored)?.version).toBe(1);
  });

  it("edited by the person during a turn win until the turn shows a newer one", () => {
    const state = play([
      { type: "draft.updated", draft: draft(1, "m1") },
      { type: "draft.updated", offset: 3, draft: draft(1, "m1", { author: "person" }) },
    ], runningTurn());
    expect(currentDraft(state)?.author).toBe("person");
    expect(currentDraft(play([{ type: "draft.updated", draft: draft(2, "m1") }], state))?.version).toBe(2);
  });

  it("belong to the branch on which they were written", () => {
    const state = play([
      opened(),
      { type: "message.created", offset: 1, message: message("m1") },
      { type: "draft.updated", offset: 2, draft: draft(1, "m1") },
      { type: "message.created", offset: 3, message: message("m2") },
    ]);
    expect(currentDraft(state)).toBeUndefined();
    const other = play([{ type: "draft.updated", offset: 4, draft: draft(2, "m2") }], state);
    expect(currentDraft(other)?.version).toBe(2);
  });

  it("are marked as published", () => {
    const state = play([opened({ snapshot: { messages: [message("m1")], drafts: [draft(3, "m1")] } }), { type: "draft.published", offset: 1, draft_id: "d1", version: 3 }]);
    expect(currentDraft(state)?.published).toBeTruthy();
  });
});

describe("snapshots", () => {
  it("replace everything that was known", () => {
    const before = play([{ type: "response.output_text.delta", response_id: "r1", at: 0, delta: "old" }], runningTurn());
    const state = play([opened({ epoch: "e2", offset: 40, snapshot: { messages: [message("x")], responses: [response("rx", "x")], feedback: [{ response_id: "rx", rating: "up", created: "" }] } })], before);
    expect(branch(state).map((e) => e.message.id)).toEqual(["x"]);
    expect(state).toMatchObject({ epoch: "e2", offset: 40, behind: false, feedback: { rx: { rating: "up" } } });
  });

  it("are followed by what a running response has said", () => {
    const state = play([
      opened({ offset: 2, snapshot: { messages: [message("m1")], responses: [response("r1", "m1", { status: "running", text: "" })] } }),
      { type: "response.created", response_id: "r1", message_id: "m1" },
      { type: "response.output_text.delta", response_id: "r1", at: 0, delta: "So far" },
    ]);
    expect(running(state)?.text).toBe("So far");
  });

  it("after a change of branch show the other branch", () => {
    const [m1, m2, n1] = [message("m1"), message("m2", "m1"), message("n1")];
    const state = play([opened({ offset: 3, snapshot: { messages: [m1, m2, n1] }, session: { ...opened().session, leaf: "n1" } })]);
    expect(branch(state).map((e) => e.message.id)).toEqual(["n1"]);
    const back = play([{ type: "session.updated", offset: 4, session: { ...opened().session, leaf: "m2" }, snapshot: { messages: [m1, m2, n1], drafts: [draft(1, "m2")] } }], state);
    expect(branch(back).map((e) => e.message.id)).toEqual(["m1", "m2"]);
    expect(branch(back)[0]?.versions.map((m) => m.id)).toEqual(["m1", "n1"]);
    expect(currentDraft(back)?.version).toBe(1);
  });
});

describe("two tabs", () => {
  it("that see the same events in pieces hold the same state", () => {
    const events: SessionEvent[] = [
      { type: "message.created", offset: 1, message: message("m1") },
      { type: "response.created", offset: 2, response_id: "r1", message_id: "m1" },
      { type: "draft.updated", offset: 3, draft: draft(1, "m1") },
      { type: "response.completed", offset: 4, response: response("r1", "m1") },
      { type: "message.created", offset: 5, message: message("m2", "m1") },
      { type: "response.created", offset: 6, response_id: "r2", message_id: "m2" },
      { type: "response.cancelled", offset: 7, response: response("r2", "m2", { status: "cancelled", text: "Ha" }) },
      { type: "feedback.created", offset: 8, feedback: { response_id: "r1", rating: "down", reason: "no", created: "" } },
    ];
    const steady = play([opened(), ...events]);
    for (let cut = 0; cut <= events.length; cut++) {
      const broken = play([...events.slice(0, cut), ...events.slice(cut + 2)], play([opened()]));
      const resumed = play([opened({ recovered: true, offset: 8 }), ...events.slice(broken.offset)], broken);
      expect(resumed).toEqual(steady);
    }
  });

  it("learn that the conversation was deleted", () => {
    expect(play([{ type: "session.deleted" }], runningTurn()).deleted).toBe(true);
  });
});
