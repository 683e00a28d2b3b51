import type { PageContext, Settings, Theme } from "../widget/protocol";

/** The settings that a frame goes by: those of the host over those of the site, each one checked. */
export interface Checked {
  identity: string;
  asks: boolean;
  role: "client" | "freelancer" | undefined;
  locale: string;
  theme: Pick<Theme, "accent" | "scheme">;
  greeting: string;
  context: PageContext;
  inline: boolean;
}

const mostGreeting = 300;

/** What the site says of its widgets: GET /v1/site. Every field may be missing. */
export interface SiteDefaults {
  theme?: Theme;
  greeting?: string;
  locale?: string;
}

/** Reads what the host has sent, which may be anything; `wrong` is told of values that are left out. */
export function check(given: Partial<Record<keyof Settings, unknown>>, site: SiteDefaults, wrong: (option: string) => void): Checked {
  const text = (name: string, value: unknown, most: number): string => {
    if (value === undefined || value === null || value === "") return "";
    if (typeof value === "string" && value.length <= most) return value;
    wrong(name);
    return "";
  };
  const group = (name: string, value: unknown): Record<string, unknown> => {
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
    if (value !== undefined && value !== null) wrong(name);
    return {};
  };
  const matching = (name: string, value: unknown, pattern: RegExp): string => {
    const found = text(name, value, 64);
    if (!found || pattern.test(found)) return found;
    wrong(name);
    return "";
  };
  const theme = group("theme", given.theme);
  const context = group("context", given.context);
  const accent = matching("theme.accent", theme.accent ?? site.theme?.accent, /^#([\da-f]{3}){1,2}$/i);
  const scheme = matching("theme.scheme", theme.scheme ?? site.theme?.scheme, /^(light|dark|auto)$/);
  return {
    identity: text("identity", given.identity, 8192),
    asks: given.asks === true,
    role: (matching("role", given.role, /^(client|freelancer)$/) || undefined) as Checked["role"],
    locale: matching("locale", given.locale || site.locale, /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i),
    theme: { accent: accent || undefined, scheme: scheme === "light" || scheme === "dark" ? scheme : undefined },
    greeting: text("greeting", given.greeting ?? site.greeting, mostGreeting),
    context: { jobPostId: text("context.jobPostId", context.jobPostId, 200), profileId: text("context.profileId", context.profileId, 200) },
    inline: given.inline === true,
  };
}

/** Asks the server what the site wants of its widgets. They work without. */
export async function siteDefaults(site: string): Promise<SiteDefaults> {
  try {
    const response = await fetch(`/v1/site?site=${encodeURIComponent(site)}`, { signal: AbortSignal.timeout(2_000) });
    return response.ok ? ((await response.json()) as SiteDefaults) : {};
  } catch {
    return {};
  }
}
