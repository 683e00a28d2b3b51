import type { VNode } from "preact";
import { useCallback, useEffect, useReducer } from "preact/hooks";
import { language, t } from "../i18n";
import { Conversation } from "../view/conversation";
import type { ToLoader } from "../widget/protocol";
import { FrameHeader } from "./header";
import { w } from "./i18n";
import type { Room } from "./room";

interface Props {
  room: Room;
  tell: (message: ToLoader) => void;
}

/** Everything in the frame: nothing until the host has said how it should look. */
export function Inside({ room, tell }: Props): VNode | null {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    room.changed = () => redraw(undefined);
    redraw(undefined);
    return () => {
      room.changed = () => undefined;
    };
  }, [room]);
  useEscape(useCallback(() => tell({ type: "close" }), [tell]));

  const { scene } = room;
  const life = scene?.life;
  useEffect(() => {
    if (life !== undefined) tell({ type: "ready" });
  }, [life, tell]);
  if (!scene) return null;
  const { client, key, keep, role, settings, trouble } = scene;
  const header = <FrameHeader room={room} inline={settings.inline} close={() => tell({ type: "close" })} />;
  if (!client) {
    return (
      <main class="entering" aria-busy="true" aria-label={t.name}>
        <div class="skeleton" aria-hidden="true"><span /><span /><span /></div>
        <p role="status" class="quiet">{trouble ? w.signingFails : w.signing}</p>
      </main>
    );
  }
  return (
    <Conversation
      key={`${key} ${language()}`}
      client={client}
      keep={keep}
      role={role}
      go={(id) => room.go(id)}
      header={() => header}
      greeting={settings.greeting || undefined}
    />
  );
}

/** Escape closes the widget, unless it ends something smaller first: a menu, a form, an answer that is being written. */
function useEscape(close: () => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      const smaller = at?.closest("form:not(.composer), dialog, .menu") ?? document.querySelector(".composer .stop, dialog[open]");
      if (event.key === "Escape" && !event.defaultPrevented && !smaller) close();
    };
    window.addEventListener("keydown", keyDown);
    return () => window.removeEventListener("keydown", keyDown);
  }, [close]);
}
