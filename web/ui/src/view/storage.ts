import { safeStorage } from "../client/storage";

/** What this browser keeps, and what this tab keeps. */
export const storage = safeStorage(() => window.localStorage);
export const tabStorage = safeStorage(() => window.sessionStorage);
