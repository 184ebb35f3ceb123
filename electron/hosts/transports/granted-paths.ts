import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { isWithin, realPath } from '../../engine/place/real-path.ts';

/** One place that the person picked. `path` is the real one, links resolved. */
export interface Grant {
  readonly path: string;
  /** A folder grants everything beneath it as well. */
  readonly as: 'folder' | 'file';
}

/** Where grants outlive the program, so that an archive can be taken up again after a restart. */
export interface GrantStore {
  read(): Promise<readonly Grant[]>;
  write(grants: readonly Grant[]): Promise<void>;
}

/**
 * The places on this computer that the person picked in a dialog of the host. A screen may name these and nothing
 * else: whoever takes over a screen (a hostile message, a stolen session) reads and writes no other file through us.
 */
export interface GrantedPaths {
  grant(path: string, as: Grant['as']): Promise<void>;
  allows(path: string): Promise<boolean>;
}

/** Older grants than these are forgotten; picking the place again brings one back. */
const keptGrants = 200;

export function createGrantedPaths(store: GrantStore): GrantedPaths {
  let known: Promise<readonly Grant[]> | null = null;
  const grants = (): Promise<readonly Grant[]> => (known ??= store.read());

  return {
    async grant(path, as) {
      const real = await realPath(path);
      const others = (await grants()).filter(grant => grant.path !== real || grant.as !== as);
      const next = [...others, { path: real, as }].slice(-keptGrants);
      known = Promise.resolve(next);
      await store.write(next);
    },
    async allows(path) {
      if (!isAbsolute(path) || path.includes('\0')) return false;
      const real = await realPath(path);
      return (await grants()).some(grant => (grant.as === 'folder' ? isWithin(grant.path, real) : grant.path === real));
    },
  };
}

/**
 * Grants what the person pointed at, as what it is. A dialog for files may answer with a folder: macOS shows the
 * `.mbox` packages of Apple Mail as files. Null when there is nothing any more.
 */
export async function grantPicked(granted: GrantedPaths, path: string): Promise<string | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return null;
  await granted.grant(path, facts.isDirectory() ? 'folder' : 'file');
  return path;
}
