/** What a site chose, as /v1/console/settings has it. Missing fields are the default. */
export interface Chosen {
  origins: string[];
  theme: { accent?: string; radius?: number; position?: string; scheme?: string };
  greeting?: string;
  locale?: string;
  jwt_issuer?: string;
  jwt_audience?: string;
}

export interface Kept {
  version: number;
  chosen: Chosen;
}

export interface Settings extends Kept {
  site: string;
  fixed: { origins: { origin: string; from: string }[]; api_keys: number; jwt?: { issuer: string; audience: string } };
}

export interface SiteKey {
  id: string;
  kind: "api" | "jwt";
  name: string;
  hint: string;
  maker?: string;
  created: string;
  until?: string;
  used?: string;
  lost?: boolean;
  counts: boolean;
}

export interface Change {
  seq: number;
  at: string;
  name: string;
  what: string;
  version: number;
  detail: Partial<Chosen> & { id?: string; kind?: string; name?: string; until?: string };
}
