// What the widget's frame says beside what it shares with the chat page.

import { follow } from "../../i18n";
import en from "./en.json";

export let w = en;

follow(en, import.meta.glob(["./*.json", "!./en.json"], { import: "default" }), (messages) => { w = messages as typeof en; });
