import { ChatClient, type SendOptions } from "./chat";
import type { ClientOptions } from "./options";
import { problem, problemOf } from "./problem";
import type { Problem, SessionEvent } from "./protocol";
import { Queue } from "./queue";
import type { State } from "./state";
import { told } from "./told";
import { responseTo } from "./tree";
import { joined, Turn } from "./turn";

/** One conversation, for programs: what is sent becomes a turn, and all that happens comes as events too. */
export class Client extends ChatClient {
  private readonly turns = new Set<Turn>();
  private readonly queues = new Set<Queue<SessionEvent>>();

  /** Every event of the conversation from now on, once and in order, over broken connections too, until the client is closed. */
  events(): AsyncIterableIterator<SessionEvent> {
    const queue: Queue<SessionEvent> = new Queue(joined, () => this.queues.delete(queue));
    if (this.closed) queue.end();
    else this.queues.add(queue);
    return queue;
  }

  /** Sends a message, now or when there is a connection again. */
  override send(text: string, options?: SendOptions): Turn {
    return this.turn(this.post(text, options));
  }

  /** Writes another version of a message; the conversation goes on from there. */
  override edit(message: string, text: string): Turn {
    return this.turn(this.queue({ text, source_id: message }));
  }

  /** Has a message answered anew. */
  override async regenerate(message: string): Promise<Turn> {
    const turn = this.turn(message, responseTo(this.view.state, message)?.id);
    try {
      await super.regenerate(message);
    } catch (error) {
      this.end(turn, problemOf(error));
      throw error;
    }
    return turn;
  }

  /** Gives an unsent message up. */
  override discard(id: string): void {
    super.discard(id);
    this.failed(problem("cancelled"), id);
  }

  /** Disconnects for good: turns are rejected and iterators end. What was not sent stays in the storage. */
  override close(): void {
    super.close();
    this.failed(problem("closed"));
    for (const queue of this.queues) queue.end();
    this.queues.clear();
  }

  /** @internal */
  protected override told(event: SessionEvent, before: State): void {
    const after = this.view.state;
    const news = told(before, after, event);
    if (!news) return;
    for (const queue of this.queues) queue.push(news);
    for (const turn of this.turns) if (!turn.take(news, after)) this.turns.delete(turn);
  }

  /** @internal */
  protected override failed(why: Problem, message?: string): void {
    for (const turn of this.turns) if (message === undefined || turn.id === message) this.end(turn, why);
  }

  private turn(message: string, former?: string): Turn {
    const turn = new Turn(message, { running: (response) => this.cancel(response), unsent: () => this.takeBack(message) }, former);
    this.turns.add(turn);
    return turn;
  }

  private end(turn: Turn, why: Problem): void {
    this.turns.delete(turn);
    turn.fail(why);
  }
}

/** Starts a client: it connects at once when it has a conversation to go on with or something to send, else with the first message. */
export function connect(options: ClientOptions): Client {
  const client = new Client(options);
  client.start();
  return client;
}
