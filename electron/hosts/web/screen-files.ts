import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export interface ScreenFile {
  readonly type: string;
  readonly body: Buffer<ArrayBuffer>;
}

/** The built screens by URL path: `/index.html`, `/assets/…`. */
export type ScreenFiles = ReadonlyMap<string, ScreenFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Reads every file under `folder` once, at start. A request is then looked up and never joined to a path, so there
 * is no name, encoding or link by which it could reach another file. Kinds that no screen needs are left out.
 */
export async function readScreenFiles(folder: string): Promise<ScreenFiles> {
  const files = new Map<string, ScreenFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length).split(sep).join('/'), { type, body: await readFile(path) });
  }
  return files;
}

/** The file for a URL path; `/` is the page itself. */
export function screenFile(files: ScreenFiles, urlPath: string): ScreenFile | undefined {
  return files.get(urlPath === '/' ? '/index.html' : urlPath);
}
