// What the search page says beside what it shares with the chat.

import { follow } from "../../i18n";
import type en from "./en.json";

type Table = Record<string, string>;

type Messages = typeof en & { fields: Table; kinds: Table };

export let s = {} as Messages;

follow(import.meta.glob<string>("./*.json", { query: "?url", import: "default", eager: true }), (messages) => { s = messages as Messages; });
