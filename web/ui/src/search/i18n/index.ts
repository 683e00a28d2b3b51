// What the search page says beside what it shares with the chat.

import { follow } from "../../i18n";
import en from "./en.json";

type Table = Record<string, string>;

type Messages = typeof en & { fields: Table; kinds: Table };

export let s: Messages = en;

follow(en, import.meta.glob(["./*.json", "!./en.json"], { import: "default" }), (messages) => { s = messages as Messages; });
