/** What the browser tells of the network and of the page. */
export interface Watcher {
  online(): void;
  offline(): void;
  /** The page is seen again. */
  seen(): void;
}

/** Listens until the returned function is called; outside of a browser there is nothing to hear. */
export function watch(watcher: Watcher): () => void {
  if (typeof document === "undefined" || typeof addEventListener === "undefined") return () => undefined;
  const online = () => watcher.online();
  const offline = () => watcher.offline();
  const seen = () => document.visibilityState === "visible" && watcher.seen();
  addEventListener("online", online);
  addEventListener("offline", offline);
  document.addEventListener("visibilitychange", seen);
  return () => {
    removeEventListener("online", online);
    removeEventListener("offline", offline);
    document.removeEventListener("visibilitychange", seen);
  };
}
