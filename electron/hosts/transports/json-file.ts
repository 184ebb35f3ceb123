import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** A small JSON document of the host's own (grants, settings), readable by its owner only. */
export interface JsonFile<T> {
  /** The fallback where there is no file, or none that fits: settings are never worth a refusal to start. */
  read(): Promise<T>;
  /** Written beside and renamed, in the order of the calls: a crash leaves the old document or the new one. */
  write(value: T): Promise<void>;
}

export function createJsonFile<T>(path: string, schema: z.ZodType<T>, fallback: T): JsonFile<T> {
  const file = createTextFile(path);
  return {
    async read() {
      try {
        return schema.parse(JSON.parse(await readFile(path, 'utf8')));
      } catch {
        return fallback;
      }
    },
    write: value => file.write(JSON.stringify(value)),
  };
}

/** Writes a small text whole, one writing after the other. */
export function createTextFile(path: string): { write(text: string): Promise<void> } {
  let lastWrite = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  };
  return {
    write(text) {
      const written = lastWrite.then(() => replace(text));
      lastWrite = written.catch(() => undefined);
      return written;
    },
  };
}
