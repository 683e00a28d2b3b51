// parley-client: what a page or a program needs to talk to Parley. This file is
// the public surface; the rest of the folder may change. See docs/client.md.

export { Client, connect } from "./client";
export type { SendOptions, View } from "./chat";
export { refusal, type Link, type Timing } from "./connection";
export type { Fetch } from "./http";
export type { ClientOptions } from "./options";
export { maxUnsent, type Keep, type Unsent } from "./outbox";
export { RequestError } from "./problem";
export type * from "./protocol";
export { maxAttachments, maxMessageBytes } from "./protocol";
export type { SessionPage, Sessions } from "./rest";
export type { State } from "./state";
export type { GetToken, Why } from "./tokens";
export { branch, currentDrafts, running, type Exchange } from "./tree";
export type { Turn } from "./turn";
export { maxFileBytes, type UploadOptions } from "./upload";
export type { SocketClass, SocketLike } from "./websocket";
