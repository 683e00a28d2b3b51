import type { ComponentType } from "preact";
import type { Api } from "./api";
import type { Key } from "./i18n";
import { settled } from "./i18n/area";
import type { Place } from "./place";
import type { Operator, Role } from "./types";

/** What every part of the console is given. It stays mounted while the person, their role and the site (api.site) stay. */
export interface AreaProps {
  api: Api;
  me: Operator;
  place: Place;
  go: (address: string, replace?: boolean) => void;
  help: boolean;
  setHelp: (open: boolean) => void;
  /** Nobody is signed in right now: what is unsaved is kept, and nothing is asked for. */
  away: boolean;
}

/** A part of the console, below a path of its own. */
export interface Area {
  path: `/console/${string}`;
  label: Key;
  /** Who does not have this role is not offered it. Without: everybody is. */
  role?: Role;
  /** Whether it has keys of its own, which its help tells. */
  keys?: boolean;
  load: () => Promise<{ default: ComponentType<AreaProps> }>;
}

/** In the order of the navigation. Each is fetched when it is first opened. */
export const areas: readonly Area[] = [
  { path: "/console/sessions", label: "app.sessions", keys: true, load: () => import("./sessions/page") },
  { path: "/console/moderation", label: "app.moderation", keys: true, load: () => import("./moderation/area") },
  { path: "/console/figures", label: "app.figures", load: () => import("./figures/page") },
  { path: "/console/documents", label: "app.documents", load: () => import("./documents/page") },
  { path: "/console/market", label: "app.market", load: () => import("./market/page") },
  { path: "/console/settings", label: "app.settings", load: () => import("./settings/page") },
  { path: "/console/webhooks", label: "app.webhooks", load: () => import("./webhooks/page") },
  { path: "/console/operators", label: "app.operators", role: "admin", load: () => import("./operators/page") },
];

const roles: readonly Role[] = ["viewer", "reviewer", "admin"];

export function covers(has: Role, needs: Role): boolean {
  return roles.indexOf(has) >= roles.indexOf(needs);
}

/** What an address leads to. The console by itself opens at the review queue. */
export function areaOf(path: string, role: Role): Area | undefined {
  const offered = areas.filter((area) => covers(role, area.role ?? "viewer"));
  const named = offered.find((area) => path === area.path || path.startsWith(`${area.path}/`));
  return named ?? offered.find((area) => area.path === "/console/moderation");
}

/** An area with its texts. */
export async function open(area: Area): Promise<ComponentType<AreaProps>> {
  const { default: view } = await area.load();
  await settled();
  return view;
}
