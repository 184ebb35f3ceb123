/** Some of the texts of a table, at the places where they stand. */
export type Instead<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]?: Instead<T[K]> };

/** A table with some of its texts replaced. */
export function insteadOf<T extends object>(table: T, instead: Instead<T>): T {
  const replaced = Object.entries(instead).map(([key, text]: [string, unknown]): [string, unknown] => {
    const before = (table as Record<string, unknown>)[key];
    return [key, isTable(before) && isTable(text) ? insteadOf(before, text) : text];
  });
  return { ...table, ...(Object.fromEntries(replaced) as Partial<T>) };
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
