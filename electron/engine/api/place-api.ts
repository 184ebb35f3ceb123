import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import type { JobRegistry } from '../jobs/job-registry.ts';
import { inspectPlace } from '../place/inspect-place.ts';
import type { Ports } from '../ports.ts';
import type { SeenArchives } from './seen-archives.ts';

/** Looking at folders on this computer. */
export function placeApi(ports: Ports, jobs: JobRegistry, seen: SeenArchives): Pick<Api, 'archive.inspect'> {
  return {
    'archive.inspect': async ({ path }) => {
      const place = await inspectPlace({ path, disk: ports.disk, live: jobs.liveIn(path) });
      if (place.archive !== null) seen.add(resolve(path));
      return place;
    },
  };
}
