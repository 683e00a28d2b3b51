import "./style/index.css";
import "./style/search.css";
import { render } from "preact";
import { preferred, speak } from "./i18n";
import { SearchPage } from "./search/page";
import { applyTheme, storedTheme } from "./view/theme";

applyTheme(storedTheme());

/** Without its words a page says nothing: it is tried until they are there. */
function start(code: string): void {
  speak(code).then(() => {
    const root = document.getElementById("app");
    if (root) render(<SearchPage />, root);
  }, () => setTimeout(start, 1_500, "en"));
}

start(preferred({ address: new URLSearchParams(location.search).get("lang") ?? "" }));
