// What the loader needs of the page's globals to know whom it listens to, taken
// once at its start: a page that replaces them later changes nothing. Against one
// that did so before, the checks still rest on what the browser alone decides: a
// message is only delivered to a window of the origin that it names.

/* eslint-disable @typescript-eslint/unbound-method -- each method is given its object as the first argument */

/** A method as a function of its object that nobody can redirect. */
const free = Function.prototype.bind.bind(Function.prototype.call as never) as unknown as (
  method: unknown,
) => (object: unknown, ...args: unknown[]) => never;

const accessor = ({ prototype }: { prototype: object }, name: string) => free(Object.getOwnPropertyDescriptor(prototype, name)?.get);

export const dataOf: (event: MessageEvent) => unknown = accessor(MessageEvent, "data");
export const originOf: (event: MessageEvent) => string = accessor(MessageEvent, "origin");
export const sourceOf: (event: MessageEvent) => unknown = accessor(MessageEvent, "source");
export const windowOf: (frame: HTMLIFrameElement) => Window | null = accessor(HTMLIFrameElement, "contentWindow");

export const listen: (target: EventTarget, type: string, listener: (event: never) => void) => void = free(EventTarget.prototype.addEventListener);
export const post: (port: MessagePort, message: object) => void = free(MessagePort.prototype.postMessage);
export const start: (port: MessagePort) => void = free(MessagePort.prototype.start);
export const Channel = MessageChannel;
