import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { usePage } from "../view/context";
import { Icon } from "../view/icons";
import { Menu } from "../view/menu";
import { SessionList } from "../view/sessions";
import { w } from "./i18n";
import type { Room } from "./room";

interface Props {
  room: Room;
  inline: boolean;
  close: () => void;
}

/** What stands above the conversation in a frame: the person's conversations, a new one, and the way out. */
export function FrameHeader({ room, inline, close }: Props): VNode {
  const { client, view, compose } = usePage();
  const session = view.state.session;
  const { open } = room;
  useEffect(() => {
    if (open && window.matchMedia("(pointer: fine)").matches) compose();
  }, [open, compose]);
  useEffect(() => {
    const asked = room.takeAsked();
    if (asked?.send && asked.text.trim()) client.send(asked.text.trim());
    else if (asked) compose(asked.text);
  });
  const fresh = () => room.go("");
  return (
    <header class="header frame-header">
      <Menu label={t.header.conversations} icon="menu" text={session?.title || t.header.conversations} className="conversations">
        {(shut) => <SessionList current={session?.id ?? ""} open={(id) => { shut(); room.go(id); }} fresh={() => { shut(); fresh(); }} />}
      </Menu>
      <span class="spring" />
      <button type="button" class="tool" aria-label={t.header.start} title={t.header.start} onClick={fresh}><Icon name="plus" /></button>
      {!inline && <button type="button" class="tool" aria-label={w.close} title={w.close} onClick={close}><Icon name="close" /></button>}
    </header>
  );
}
