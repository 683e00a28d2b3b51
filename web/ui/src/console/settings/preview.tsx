import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { createFrame, type Frame } from "../../widget/frame";
import type { Theme } from "../../widget/protocol";
import { t } from "./texts";
import type { Chosen } from "./types";

interface Props {
  site: string;
  theme: Chosen["theme"];
  greeting: string;
  locale: string;
}

/** The widget's own frame with what is being chosen. It is inert: to be looked at, and never to take the keyboard from whoever fills in the form. */
export function Preview({ site, theme, greeting, locale }: Props): VNode {
  const place = useRef<HTMLDivElement>(null);
  const frame = useRef<Frame | null>(null);
  const look = useRef({});
  look.current = { type: "settings", settings: { asks: false, inline: true, theme: theme as Theme, greeting, locale } };
  const show = () => {
    frame.current?.send(look.current as Parameters<Frame["send"]>[0]);
  };
  useEffect(() => {
    const made = createFrame(location.origin, site, "preview", t("preview.title"), show, () => undefined, () => undefined);
    frame.current = made;
    place.current?.append(made.element);
    return () => made.end();
  }, [site]);
  useEffect(show, [theme.accent, theme.radius, theme.position, theme.scheme, greeting, locale]);
  const edge = useRef<HTMLDivElement>(null);
  useEffect(() => {
    edge.current?.style.setProperty("--preview-radius", `${theme.radius ?? 16}px`);
    edge.current?.style.setProperty("--preview-accent", theme.accent ?? "#1d5c4b");
  }, [theme.radius, theme.accent]);
  return (
    <div ref={edge} class={`preview ${theme.position === "left" ? "left" : ""}`}>
      <div ref={place} class="preview-frame" inert />
      <span class="preview-launcher" aria-hidden="true" />
    </div>
  );
}
