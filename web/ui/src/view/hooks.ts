import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** Re-renders when a store says that it has changed, at most once a frame while the page is seen. */
export function useStore<T>(subscribe: (listener: () => void) => () => void, get: () => T): T {
  const [value, set] = useState(get);
  useEffect(() => {
    let frame = 0;
    const update = () => {
      frame = 0;
      set(get());
    };
    const listener = () => {
      if (document.hidden) update();
      else frame ||= requestAnimationFrame(update);
    };
    update();
    const leave = subscribe(listener);
    return () => {
      cancelAnimationFrame(frame);
      leave();
    };
  }, [subscribe, get]);
  return value;
}

/** Says for a moment that something was done. */
export function useFlash(ms = 1_600): [boolean, () => void] {
  const [on, set] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const flash = useCallback(() => {
    set(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set(false), ms);
  }, [ms]);
  return [on, flash];
}

const growsByItself = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/** Lets a text box grow with its text, where the style sheet cannot: measuring lays the whole page out. */
export function useAutoGrow(ref: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box || growsByItself) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }, [ref, text]);
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For pages that are not served over https, where there is no clipboard API. */
function copyBySelection(text: string): boolean {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "offscreen";
  document.body.append(box);
  box.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without https
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

/** As a ref: an element that takes the focus when it appears. */
export function focused(element: HTMLElement | null): void {
  element?.focus();
}
