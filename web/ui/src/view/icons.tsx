import type { VNode } from "preact";

const paths = {
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  stop: "M7 7h10v10H7z",
  edit: "M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4",
  again: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M5 12.5 10 17.5 19.5 7",
  up: "M7 11v9H3v-9zM7 11l4-8c1.7 0 2.5 1 2.5 2.5V9H19c1.3 0 2 1 1.8 2.2l-1.3 7c-.2 1.1-1 1.8-2.1 1.8H7",
  down: "M17 13V4h4v9zM17 13l-4 8c-1.7 0-2.5-1-2.5-2.5V15H5c-1.3 0-2-1-1.8-2.2l1.3-7C4.700 4.700 5.500 4 6.600 4H17",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  menu: "M4 7h16M4 12h16M4 17h10",
  left: "M14.500 6 8.500 12l6 6",
  right: "M9.500 6l6 6-6 6",
  below: "M6 9l6 6 6-6",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.500M12 19.500V21M3 12h1.500M19.500 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M5.600 18.400l1.100-1.100M17.300 6.700l1.100-1.100",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  auto: "M12 3.500a8.500 8.500 0 1 0 0 17zM12 3.500a8.500 8.500 0 0 1 0 17",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.500 16.500 21 21",
  pin: "M9 4h6l-1 6 3.500 3.500h-11L10 10zM12 13.500V21",
  clock: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500a7.500 7.500 0 0 1 15 0",
  clip: "M20 11.500 12.500 19a5 5 0 0 1-7-7l8-8a3.300 3.300 0 0 1 4.700 4.700l-7.800 7.800a1.700 1.700 0 0 1-2.400-2.400l7-7",
  globe: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM3.500 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17",
  export: "M12 4v11M7.500 10.500 12 15l4.500-4.500M5 20h14",
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
