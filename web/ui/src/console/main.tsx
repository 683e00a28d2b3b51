import "../style/base.css";
import "../style/page.css";
import "./style/index.css";
import { render } from "preact";
import { applyTheme, storedTheme } from "../view/theme";
import { preferred, speak } from "./i18n";
import { Console } from "./shell";

applyTheme(storedTheme());

const root = document.getElementById("app");
void speak(preferred()).then(() => root && render(<Console />, root));
