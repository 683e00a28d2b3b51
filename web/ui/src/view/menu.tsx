import type { ComponentChildren, VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";

interface Props {
  label: string;
  icon: IconName;
  className?: string;
  /** Shown beside the icon; the label alone names the button otherwise. */
  text?: string;
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a panel beneath it. Escape and a tap outside close it. */
export function Menu({ label, icon, className = "", text, children }: Props): VNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const wrap = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !wrap.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  return (
    <div
      class={`menu ${className}`}
      ref={wrap}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        close();
        button.current?.focus();
      }}
    >
      <button type="button" ref={button} class={text ? "menu-button" : "tool"} aria-expanded={open} aria-controls={open ? id : undefined} aria-label={text ? undefined : label} title={label} onClick={() => setOpen(!open)}>
        <Icon name={icon} />
        {text && <span class="menu-text" dir="auto">{text}</span>}
      </button>
      {open && <div class="menu-panel" id={id} role="group" aria-label={label}>{children(close)}</div>}
    </div>
  );
}
