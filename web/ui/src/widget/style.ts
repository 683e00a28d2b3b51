import type { Theme } from "./protocol";

const pine = "#1d5c4b";

/**
 * The colour that is easier to read on the accent: white or black, of which one
 * always has a contrast of 4.5 or more. Lightness 49.4 is where the two are equal.
 */
const ink = (accent: string) => `color:#fff;color:lch(from ${accent} calc((49.4 - l)*infinity) 0 0)`;

/**
 * The style sheet of a widget's shadow tree. `!important` on the host element
 * outweighs whatever the page's own style sheets say of it; nothing of the page
 * reaches further in. The values of the theme were checked before.
 */
export function styleSheet({ accent = pine, radius = 16, position: side = "right", scheme, zIndex = 2147483000, offset = 20 }: Theme, inline: boolean): string {
  const schemes = scheme === "light" || scheme === "dark" ? scheme : "light dark";
  const place = inline ? "display:block!important;position:relative!important;height:100%!important" : `position:fixed!important;z-index:${zIndex}!important`;
  const shared = `:host{all:initial!important;${place};color-scheme:${schemes}!important}:host([hidden]),[hidden]{display:none!important}*{box-sizing:border-box}
section{background:light-dark(#f6f3ec,#131816);color:light-dark(#000,#fff);overflow:hidden;border-radius:${radius}px}
p{position:absolute;inset:40% 0 auto;font:15px system-ui;text-align:center}
iframe{position:relative;width:100%;height:100%;border:0}:not(.ready)>*>iframe{opacity:0}`;
  if (inline) return `${shared}section,div{position:relative;height:100%;min-height:320px}button{display:none}`;
  return `${shared}
section,button{position:fixed;${side}:${offset}px;border:1px solid #8885;box-shadow:0 8px 32px -8px #0006}
button{bottom:calc(${offset}px + env(safe-area-inset-bottom));width:56px;height:56px;padding:11px;border-radius:50%;background:${accent};${ink(accent)};cursor:pointer}
button:hover{filter:brightness(1.15)}button:focus-visible{outline:3px solid light-dark(#000,#fff);outline-offset:2px}
svg{fill:currentColor}path+path{opacity:.65}path+path+path,.open path{display:none}.open path+path+path{display:block;opacity:1;fill:none;stroke:currentColor;stroke-width:2.5;stroke-linecap:round}
span{position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 5px;border-radius:50px;background:#c02617;color:#fff;font:12px/20px system-ui}
section{bottom:calc(${offset}px + 72px);width:420px;height:min(720px,100dvh - ${offset}px - 92px)}
@media (prefers-reduced-motion:no-preference){section{animation:a .2s}}@keyframes a{from{opacity:0}}
@media (max-width:480px),(max-height:440px){section{inset:auto;left:0;top:var(--top,0);width:100%;height:var(--height,100dvh);border:0;border-radius:0;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}.open.ready button{visibility:hidden}.open button{z-index:1}}`;
}
