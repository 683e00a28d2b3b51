import { problem, RequestError } from "./problem";

/** So many things may wait for a reader; one that is slower than that has lost its place. */
const most = 5_000;

interface Reader<T> {
  resolve: (result: IteratorResult<T>) => void;
  reject: (error: unknown) => void;
}

/** What is pushed comes out of an async iterator, in order, also what was pushed before anybody read. */
export class Queue<T> implements AsyncIterableIterator<T> {
  private items: T[] = [];
  private readers: Reader<T>[] = [];
  private ended = false;
  private error: unknown;

  /** `join` makes one of two neighbours where that loses nothing; `left` hears when the reader goes away. */
  constructor(
    private readonly join: (last: T, next: T) => T | undefined,
    private readonly left: () => void = () => undefined,
  ) {}

  push(item: T): void {
    if (this.ended) return;
    const reader = this.readers.shift();
    if (reader) {
      reader.resolve({ value: item, done: false });
      return;
    }
    const last = this.items.at(-1);
    const joined = last === undefined ? undefined : this.join(last, item);
    if (joined !== undefined) this.items[this.items.length - 1] = joined;
    else if (this.items.length < most) this.items.push(item);
    else this.end(new RequestError(problem("too_slow")));
  }

  /** After what waits, the iterator ends: with an error, if there is one. */
  end(error?: unknown): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    for (const reader of this.readers.splice(0)) this.finish(reader);
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      const reader = { resolve, reject };
      const item = this.items.shift();
      if (item !== undefined) resolve({ value: item, done: false });
      else if (this.ended) this.finish(reader);
      else this.readers.push(reader);
    });
  }

  return(): Promise<IteratorResult<T>> {
    this.items = [];
    this.end();
    this.left();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** An error is told once. */
  private finish(reader: Reader<T>): void {
    const error = this.error;
    this.error = undefined;
    if (error === undefined) reader.resolve({ value: undefined, done: true });
    else reader.reject(error);
  }
}
