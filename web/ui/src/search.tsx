import "./style/index.css";
import "./style/search.css";
import { render } from "preact";
import { preferred, speak } from "./i18n";
import { SearchPage } from "./search/page";
import { applyTheme, storedTheme } from "./view/theme";

applyTheme(storedTheme());
void speak(preferred({ address: new URLSearchParams(location.search).get("lang") ?? "" })).then(() => {
  const root = document.getElementById("app");
  if (root) render(<SearchPage />, root);
});
