import { describe, expect, it } from "vitest";
import type { View } from "../src/client/chat";
import { reduce } from "../src/client/reduce";
import { steady } from "../src/view/live";
import { runningTurn } from "./make";

const before: View = { state: runningTurn(), link: { state: "open" }, unsent: [], trouble: null };
const after = (event: Parameters<typeof reduce>[1]): View => ({ ...before, state: reduce(before.state, event) });

describe("the steady view", () => {
  it("stays the same object while text arrives", () => {
    const now = after({ type: "response.output_text.delta", response_id: "r1", at: 0, delta: "Hello" });
    expect(now.state.responses[0]?.text).toBe("Hello");
    expect(steady(before, now)).toBe(before);
  });
  it("is another one when anything else has changed", () => {
    const asked = after({ type: "response.question", response_id: "r1", slot: "pay", text: "How much?" });
    const gone: View = { ...before, link: { state: "waiting", attempt: 1, offline: true, delay: 0 } as View["link"] };
    for (const now of [asked, gone]) expect(steady(before, now)).toBe(now);
  });
});
