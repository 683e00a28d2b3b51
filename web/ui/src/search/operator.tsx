import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { put } from "../client/storage";
import { s } from "./i18n";
import { Menu } from "../view/menu";
import { tabStorage } from "../view/storage";

const slot = "parley.operator";

/** The operator's key of this tab, "" for a visitor. */
export function operatorKey(): string {
  return tabStorage.getItem(slot) ?? "";
}

/** Where an operator gives the site's API key: it stays in the tab, and never stands in an address. */
export function Operator({ value, change }: { value: string; change: (key: string) => void }): VNode {
  const [text, setText] = useState("");
  const use = (key: string) => {
    put(tabStorage, slot, key);
    setText("");
    change(key);
  };
  return (
    <Menu label={s.operator} icon="keys" className="operator" text={s.operator}>
      {(close) => (
        <form class="operator-form" onSubmit={(event) => { event.preventDefault(); use(text.trim()); close(); }}>
          <p class="quiet">{s.operatorHint}</p>
          {value ? (
            <button type="button" onClick={() => { use(""); close(); }}>{s.leave}</button>
          ) : (
            <>
              <label class="labelled">{s.key}
                <input type="password" autocomplete="off" required value={text} onInput={(event) => setText(event.currentTarget.value)} />
              </label>
              <button type="submit" class="primary">{s.use}</button>
            </>
          )}
        </form>
      )}
    </Menu>
  );
}
