/** What the loader itself says; the frame has its own texts. */
export type Words = Record<"open" | "close" | "unread" | "failed", string>;

const en: Words = { open: "Open chat", close: "Close chat", unread: "unread", failed: "The chat is not available here." };
const es: Words = { open: "Abrir el chat", close: "Cerrar el chat", unread: "sin leer", failed: "El chat no está disponible aquí." };

export function words(locale: string): Words {
  return /^es/i.test(locale) ? es : en;
}
