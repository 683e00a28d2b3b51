import "./style/index.css";
import "./style/search.css";
import { render } from "preact";
import { SearchPage } from "./search/page";
import { applyTheme, storedTheme } from "./view/theme";

applyTheme(storedTheme());

const root = document.getElementById("app");
if (root) render(<SearchPage />, root);
