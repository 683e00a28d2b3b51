/** What a token says of whom it is for. Nothing is verified here: that is the server's part. */
export interface Claims {
  sub: string;
  role?: unknown;
  profile_id?: unknown;
  exp?: unknown;
}

/** The claims of a JWT. Of a token that cannot be read, it is the token itself that names the person. */
export function claimsOf(token: string): Claims {
  try {
    const body = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims === "object" && claims !== null && "sub" in claims && typeof claims.sub === "string") return claims as Claims;
  } catch {
    // The server will say what it thinks of it.
  }
  return { sub: token };
}
