/**
 * Controls, and signs that turn the direction of the letters after them: with
 * U+202E a file called "invoice\u202Efdp.exe" reads "invoiceexe.pdf". The marks and
 * isolates that Arabic and Hebrew texts need are not among them.
 */
// eslint-disable-next-line no-control-regex -- they are what it is about
const misleading = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\ufff9-\ufffb]/g;

/** A text without signs that change how others are read. */
export function visible(text: string): string {
  return text.replace(misleading, "");
}
