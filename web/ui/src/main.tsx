import "./style/index.css";
import { render } from "preact";
import { newId } from "./client/ids";
import { keys, put } from "./client/storage";
import { preferred, speak } from "./i18n";
import { App } from "./view/app";
import { tabStorage } from "./view/storage";
import { applyTheme, storedTheme } from "./view/theme";

applyTheme(storedTheme());

// A tab keeps its name over a reload, and with it the first message of a
// conversation that the server has not heard of yet.
const tab = tabStorage.getItem(keys.tab) ?? newId();
put(tabStorage, keys.tab, tab);

const asked = new URLSearchParams(location.search);

/** Without its words a page says nothing: it is tried until they are there. */
function start(code: string): void {
  speak(code).then(() => {
    const root = document.getElementById("app");
    root?.replaceChildren(); // what stood there was to be looked at only
    if (root) render(<App tab={tab} role={asked.get("role") === "freelancer" ? "freelancer" : "client"} />, root);
  }, () => setTimeout(start, 1_500, "en"));
}

start(preferred({ address: asked.get("lang") ?? "" }));
