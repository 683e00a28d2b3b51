import { keys, put } from "../client/storage";
import { storage } from "./storage";

export type Theme = "system" | "light" | "dark";

export function storedTheme(): Theme {
  const value = storage.getItem(keys.theme);
  return value === "light" || value === "dark" ? value : "system";
}

export function applyTheme(theme: Theme): void {
  put(storage, keys.theme, theme === "system" ? "" : theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function nextTheme(theme: Theme): Theme {
  if (theme === "system") return "light";
  return theme === "light" ? "dark" : "system";
}
