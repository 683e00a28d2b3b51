import { useCallback, useEffect, useState } from "preact/hooks";
import { Refused, type Api } from "../api";
import { wrongOf, type Wrong } from "./parts";
import type { Chosen, Kept, Settings } from "./types";

/** What was written and not saved, by site: it waits while somebody looks at another page. */
const unsaved = new Map<string, Chosen>();

export interface Form {
  saved: Settings | null;
  chosen: Chosen;
  dirty: boolean;
  busy: boolean;
  wrong: Wrong | null;
  /** What somebody else has saved meanwhile. */
  theirs: Kept | null;
  change: (part: Partial<Chosen>) => void;
  save: (over?: boolean) => void;
  discard: () => void;
  load: () => void;
}

const nothing: Chosen = { origins: [], theme: {} };

/** The settings of the site that is open, as they are kept and as they are being changed. */
export function useForm(api: Api, done: () => void): Form {
  const [saved, setSaved] = useState<Settings | null>(null);
  const [edited, setEdited] = useState<Chosen | null>(() => unsaved.get(api.site) ?? null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [theirs, setTheirs] = useState<Kept | null>(null);
  const [busy, setBusy] = useState(false);
  const edit = useCallback((next: Chosen | null) => {
    if (next) unsaved.set(api.site, next);
    else unsaved.delete(api.site);
    setEdited(next);
  }, [api]);
  const load = useCallback(() => {
    setWrong(null);
    api.get("/v1/console/settings").then((answer) => setSaved(answer as Settings), (error: unknown) => setWrong(wrongOf(error)));
  }, [api]);
  useEffect(load, [load]);
  const dirty = !!saved && !!edited && JSON.stringify(tidy(edited)) !== JSON.stringify(tidy(saved.chosen));
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [dirty]);
  const save = (over = false) => {
    if (!saved || !edited) return;
    setBusy(true);
    setWrong(null);
    api.send("PUT", "/v1/console/settings", { version: over && theirs ? theirs.version : saved.version, chosen: tidy(edited) })
      .then((answer) => {
        setSaved(answer as Settings);
        setTheirs(null);
        edit(null);
        done();
      }, (error: unknown) => {
        if (error instanceof Refused && error.code === "stale_version" && error.problem.settings) setTheirs(error.problem.settings as Kept);
        else setWrong(wrongOf(error));
      })
      .finally(() => setBusy(false));
  };
  return {
    saved, dirty, busy, wrong, theirs, load, save,
    chosen: edited ?? saved?.chosen ?? nothing,
    change: (part) => edit({ ...(edited ?? saved?.chosen ?? nothing), ...part }),
    discard: () => {
      if (saved && theirs) setSaved({ ...saved, ...theirs });
      setTheirs(null);
      setWrong(null);
      edit(null);
    },
  };
}

/** Without what is empty, in one order: so two can be compared, and the server's defaults hold. */
export function tidy({ origins, theme, greeting, locale, jwt_issuer, jwt_audience }: Chosen): Chosen {
  const { accent, radius, position, scheme } = theme;
  return {
    origins,
    theme: { accent: accent || undefined, radius, position: position || undefined, scheme: scheme || undefined },
    greeting: greeting || undefined, locale: locale || undefined, jwt_issuer: jwt_issuer || undefined, jwt_audience: jwt_audience || undefined,
  };
}
