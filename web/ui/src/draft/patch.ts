// RFC 7396 merge patches: applying one, and the smallest one between two values.

type Dict = Record<string, unknown>;

function isDict(value: unknown): value is Dict {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (isDict(a) && isDict(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
  }
  return Object.is(a, b);
}

/** The merge patch that turns `from` into `to`, or undefined where they are equal. */
export function diff(from: unknown, to: unknown): unknown {
  if (!isDict(from) || !isDict(to)) return same(from, to) ? undefined : to;
  const patch: Dict = {};
  for (const name of Object.keys(from)) if (!(name in to)) patch[name] = null;
  for (const [name, value] of Object.entries(to)) {
    const change = name in from ? diff(from[name], value) : value;
    if (change !== undefined) patch[name] = change;
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

export function merge(target: unknown, patch: unknown): unknown {
  if (!isDict(patch)) return patch;
  const result = new Map(Object.entries(isDict(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, merge(result.get(name), value));
  }
  return Object.fromEntries(result);
}
