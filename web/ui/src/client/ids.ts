/** An unguessable id of 34 characters that the server takes as a message id. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `m_${Array.from(bytes, (b) => b.toString(36).padStart(2, "0")).join("")}`;
}
