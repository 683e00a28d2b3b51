import { put } from "../client/storage";
import { storage } from "../view/storage";

const kept = "parley.console.keys";

/** Whether single letters do something: whoever dictates or types with a switch can turn them off. */
export function lettersOn(): boolean { return storage.getItem(kept) !== "off"; }
export function setLetters(on: boolean): void { put(storage, kept, on ? "" : "off"); }
