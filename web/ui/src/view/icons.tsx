import type { VNode } from "preact";

const paths = {
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  stop: "M7 7h10v10H7z",
  edit: "M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4",
  again: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M5 12.5 10 17.5 19.5 7",
  up: "M7 11v9H3v-9zM7 11l4-8c1.7 0 2.5 1 2.5 2.5V9H19c1.3 0 2 1 1.8 2.2l-1.3 7c-.2 1.1-1 1.8-2.1 1.8H7",
  down: "M17 13V4h4v9zM17 13l-4 8c-1.7 0-2.5-1-2.5-2.5V15H5c-1.3 0-2-1-1.8-2.2l1.3-7C4.7 4.7 5.5 4 6.6 4H17",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  menu: "M4 7h16M4 12h16M4 17h10",
  left: "M14.5 6 8.5 12l6 6",
  right: "M9.5 6l6 6-6 6",
  below: "M6 9l6 6 6-6",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  auto: "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.5 16.5 21 21",
  pin: "M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V21",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  clip: "M20 11.5 12.5 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-7.8 7.8a1.7 1.7 0 0 1-2.4-2.4l7-7",
  globe: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  export: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 20h14",
} as const;

export type IconName = keyof typeof paths;

/** Those that point somewhere in the reading direction, and so turn with it. */
const turning: readonly IconName[] = ["left", "right", "menu", "again"];

/** A line drawing that says nothing by itself: its button carries the words. */
export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class={turning.includes(name) ? "icon turns" : "icon"} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark of Parley: two speech shapes that share a middle. */
export function Mark(): VNode {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
      <path class="mark-a" d="M12 5a9 9 0 1 0 0 18h9V14a9 9 0 0 0-9-9z" />
      <path class="mark-b" d="M20 9a9 9 0 1 1 0 18h-9v-9a9 9 0 0 1 9-9z" />
    </svg>
  );
}
