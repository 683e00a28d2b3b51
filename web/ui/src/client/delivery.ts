import type { Connection } from "./connection";
import type { Outbox, Unsent } from "./outbox";
import { problemOf } from "./problem";
import type { ClientFrame, Problem } from "./protocol";

/** Milliseconds before a message is sent again that the server could not take just then. */
const pause = 2_000;

/** Sends what waits in the outbox: one message after the other, so that they keep their order. */
export class Delivery {
  private under = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Taken by the server, whose message.created has not come yet. */
  private taken = new Set<string>();

  constructor(
    private readonly outbox: Outbox,
    private readonly connection: Connection,
    private readonly refused: (id: string, problem: Problem) => void,
  ) {}

  /** Whether a message is on its way or there. */
  sent(id: string): boolean {
    return this.under === id || this.taken.has(id);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.under) return;
    for (let item = this.next(); item && this.connection.link.state === "open"; item = this.next()) {
      if (!(await this.deliver(item))) return;
    }
  }

  /** The connection is gone: what was not confirmed is sent again by the next one. */
  broken(): void {
    clearTimeout(this.timer);
    this.taken.clear();
  }

  private next(): Unsent | undefined {
    return this.outbox.items.find((item) => !item.problem && !this.taken.has(item.message_id));
  }

  /** Answers whether it is the next one's turn. */
  private async deliver(item: Unsent): Promise<boolean> {
    const id = (this.under = item.message_id);
    try {
      await this.connection.request(frameOf(item));
      this.taken.add(id);
      return true;
    } catch (error) {
      const why = problemOf(error);
      if (!why.temporary) this.refused(id, why);
      else if (why.code !== "offline") this.timer = setTimeout(() => void this.flush(), pause);
      return !why.temporary;
    } finally {
      this.under = "";
    }
  }
}

function frameOf({ message_id, text, source_id, parent_id, workflow, context, attachments }: Unsent): ClientFrame {
  if (source_id) return { type: "message.edit", source_id, message_id, text };
  return { type: "message.create", message_id, parent_id, text, workflow, context, attachments: attachments?.map((a) => a.file_id) };
}
