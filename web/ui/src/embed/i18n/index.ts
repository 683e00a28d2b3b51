// What the widget's frame says beside what it shares with the chat page.

import { follow } from "../../i18n";
import type en from "./en.json";

export let w = {} as typeof en;

follow(import.meta.glob<string>("./*.json", { query: "?url", import: "default", eager: true }), (messages) => { w = messages as typeof en; });
