import type { Problem } from "./protocol";

/** A request that the server answered with an error, or that could not be made. `problem.code` says which. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(readonly problem: Problem) {
    super(problem.message || problem.code);
  }
}

/** Something that goes wrong on this side of the network. */
export function problem(code: string, temporary = false): Problem {
  return { code, message: "", temporary };
}

/** There is no connection: nothing was sent, or no answer came. */
export const unsent: Problem = problem("offline", true);

/** What an error means for whoever asked. */
export function problemOf(error: unknown): Problem {
  return error instanceof RequestError ? error.problem : problem("internal");
}
