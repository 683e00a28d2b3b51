/** What a token says of whom it is for. Nothing is verified here: that is the server's part. */
export interface Claims {
  sub: string;
  role?: unknown;
  profile_id?: unknown;
  exp?: unknown;
}

/**
 * The claims of a JWT, their texts byte by byte. A number as `sub` names a person
 * as well, though the server wants a text. Of a token that cannot be read, it is
 * the token itself that names the person.
 */
export function claimsOf(token: string): Claims {
  try {
    const claims = JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"))) as (Omit<Claims, "sub"> & { sub?: unknown }) | null;
    const sub = typeof claims?.sub === "number" ? String(claims.sub) : claims?.sub;
    if (typeof sub === "string" && sub !== "") return { ...claims, sub };
  } catch {
    // The server will say what it thinks of it.
  }
  return { sub: token };
}
