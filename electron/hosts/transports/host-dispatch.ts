import { methods } from '../../../shared/contract.ts';
import { hostMethods, type HostApi } from '../../../shared/host-contract.ts';
import type { GrantedPaths } from './granted-paths.ts';
import { guardPaths } from './guard-paths.ts';
import { serveTable, type Dispatch } from './serve-api.ts';

/** All that a screen can call: the host's own functions here, everything else in the engine, paths guarded in both. */
export function hostDispatch(host: HostApi, engine: Dispatch, granted: GrantedPaths): Dispatch {
  const toHost = guardPaths(hostMethods, granted, serveTable(hostMethods, host));
  const toEngine = guardPaths(methods, granted, engine);
  return (name, input) => (Object.hasOwn(hostMethods, name) ? toHost(name, input) : toEngine(name, input));
}
