import type { PageContext, Settings, Theme } from "../widget/protocol";

/** The settings that a frame goes by: those of the host over those of the site. */
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

/** What the site says of its widgets: GET /v1/site. Every field may be missing. */
export type SiteDefaults = Partial<Pick<Settings, "theme" | "greeting" | "locale">>;

type Loose = Record<string, unknown> | null | undefined;

/** Reads what the host and the site have sent, which may be anything: what is of another kind counts as not said. */
export function check(given: Partial<Record<keyof Settings, unknown>>, site: SiteDefaults): Checked {
  const { identity, role } = given;
  const theme = given.theme as Loose;
  const context = given.context as Loose;
  const accent = text(theme?.accent) || text(site.theme?.accent);
  const scheme = theme?.scheme ?? site.theme?.scheme;
  return {
    identity: text(identity, 8192),
    asks: given.asks === true,
    role: role === "client" || role === "freelancer" ? role : undefined,
    locale: text(given.locale) || text(site.locale),
    theme: {
      accent: /^#([\da-f]{3}){1,2}$/i.test(accent) ? accent : undefined,
      scheme: scheme === "light" || scheme === "dark" ? scheme : undefined,
    },
    greeting: text(given.greeting, 300) || text(site.greeting, 300),
    context: { jobPostId: text(context?.jobPostId), profileId: text(context?.profileId) },
    inline: given.inline === true,
  };
}

function text(value: unknown, most = 200): string {
  return typeof value === "string" && value.length <= most ? value : "";
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
