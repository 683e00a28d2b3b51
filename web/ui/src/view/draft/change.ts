import { useCallback, useState } from "preact/hooks";
import { RequestError } from "../../client/problem";
import type { Problem } from "../../client/protocol";
import { explain, fill, t } from "../../i18n";
import { usePage } from "../context";

interface Versioned {
  draft_id: string;
  version: number;
}

/**
 * Changes a draft by a merge patch made from its newest document. A version that
 * grew old meanwhile is tried once more on the current one.
 */
export function useChange<D extends Versioned & { document: unknown }>(draft: D): { change: (patch: (document: D["document"]) => unknown) => Promise<boolean>; trouble: string; busy: boolean } {
  const { client } = usePage();
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const change = useCallback(async (patch: (document: D["document"]) => unknown) => {
    setBusy(true);
    try {
      await client.changeDraft(draft, patch);
      setTrouble("");
      return true;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setTrouble(words(error.problem));
      return false;
    } finally {
      setBusy(false);
    }
  }, [client, draft]);
  return { change, trouble, busy };
}

function words(problem: Problem): string {
  return problem.code === "offline" ? t.draft.notSaved : fill(t.draft.failed, { why: explain(problem) });
}
