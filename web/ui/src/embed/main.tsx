import "../style/index.css";
import "./embed.css";
import { render } from "preact";
import { RequestError, unsent } from "../client/problem";
import type { ToFrame } from "../widget/protocol";
import { Inside } from "./inside";
import { connectHost } from "./host";
import { ownKeep } from "./keep";
import { Room } from "./room";
import { siteDefaults } from "./settings";

// The widget's frame. Its address names the site, the host's origin, which the
// server has checked and the browser enforces, and the widget; nothing secret.

const asked = new URLSearchParams(location.search);
const site = asked.get("site") ?? "default";
const origin = asked.get("origin") ?? "";

/** How long the host may take to say who is signed in. */
const patience = 20_000;

const waiting = new Map<number, (token: string | undefined) => void>();
let questions = 0;

/** Asks the host's getToken, by way of the loader. */
function ask(reason: "first" | "soon" | "refused"): Promise<string> {
  const id = ++questions;
  return new Promise((resolve, reject) => {
    const answer = (token: string | undefined) => {
      waiting.delete(id);
      clearTimeout(timer);
      if (token === undefined) reject(new RequestError(unsent));
      else resolve(token);
    };
    const timer = setTimeout(() => answer(undefined), patience);
    waiting.set(id, answer);
    host.tell({ type: "token", id, reason });
  });
}

function answered(id: number, token: unknown): void {
  const text = typeof token === "string" ? token : undefined;
  if (token !== text) host.tell({ type: "error", detail: { code: "token_failed", message: "getToken has to give the token itself, a string" } });
  waiting.get(id)?.(text);
}

function heard(message: ToFrame): void {
  if (message.type === "token") answered(message.id, message.token);
  else room.take(message);
}

const room = new Room({
  site,
  origin,
  defaults: siteDefaults(site),
  // As JSON, no widget's name begins with another's.
  visitors: ownKeep(`parley.widget ${JSON.stringify([origin, site, asked.get("instance") ?? ""])} `),
  tell: (message) => host.tell(message),
  ask,
});
const host = connectHost(origin, heard);

const root = document.getElementById("app");
if (root) render(<Inside room={room} tell={(message) => host.tell(message)} />, root);
