/** What the loader itself says; the frame has its own texts. */
export interface Words {
  unread: string;
  failed: string;
}

export function words(locale: string): Words {
  return /^es/i.test(locale)
    ? { unread: "sin leer", failed: "El chat no está disponible aquí." }
    : { unread: "unread", failed: "The chat is not available here." };
}
