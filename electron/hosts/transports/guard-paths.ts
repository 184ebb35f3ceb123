import type { Outcome } from '../../../shared/wire.ts';
import type { GrantedPaths } from './granted-paths.ts';
import { pathsIn } from './paths-in.ts';
import { callChecker, type Dispatch, type MethodTable } from './serve-api.ts';

const notGranted: Outcome = { ok: false, problem: { code: 'PATH_NOT_GRANTED', details: {} } };

/**
 * Lets calls through to `next` that fit the table and whose paths were all granted; the others are refused here,
 * before anything is opened or passed on to another process, which has methods of its own that no screen may call.
 * A path the engine itself answers with (a file it wrote beside an archive) is granted for later calls.
 */
export function guardPaths(table: MethodTable, granted: GrantedPaths, next: Dispatch): Dispatch {
  const check = callChecker(table);
  return async (name, input) => {
    const call = check(name, input);
    if (!call.ok) return call;
    for (const path of pathsIn(call.entry.input, call.input)) if (!(await granted.allows(path))) return notGranted;
    const outcome = await next(name, input);
    if (outcome.ok) for (const path of pathsIn(call.entry.output, outcome.value)) await granted.grant(path, 'file');
    return outcome;
  };
}
