import { useCallback, useState } from "preact/hooks";
import { problemOf } from "../../client/problem";
import { explain, fill, t } from "../../i18n";
import { usePage } from "../context";

interface Versioned {
  draft_id: string;
  version: number;
  document: unknown;
}

interface Change<D extends Versioned> {
  /** Changes the draft by a merge patch made from its newest document. */
  change: (patch: (document: D["document"]) => unknown) => Promise<boolean>;
  /** Asks for something on the draft's newest version. */
  attempt: (request: (on: Versioned) => Promise<unknown>) => Promise<boolean>;
  /** Why the last attempt failed, "" if it did not. */
  trouble: string;
  busy: boolean;
}

/** Changes to a draft. A version that grew old meanwhile is tried once more on the current one. */
export function useChange<D extends Versioned>(draft: D): Change<D> {
  const { client } = usePage();
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const attempt = useCallback(async (request: (on: Versioned) => Promise<unknown>) => {
    setBusy(true);
    setTrouble("");
    try {
      await request(draft).catch((error: unknown) => {
        const { code, current } = problemOf(error);
        if (code !== "stale_version" || !current) throw error;
        return request(current);
      });
      return true;
    } catch (error) {
      setTrouble(words(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, [draft]);
  const change = useCallback((patch: (document: D["document"]) => unknown) => attempt(async (on) => client.updateDraft(on.draft_id, on.version, patch(on.document))), [client, attempt]);
  return { change, attempt, trouble, busy };
}

function words(error: unknown): string {
  const problem = problemOf(error);
  return problem.code === "offline" ? t.draft.notSaved : fill(t.draft.failed, { why: explain(problem) });
}
