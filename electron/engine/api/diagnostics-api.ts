import type { Api } from '../../../shared/contract.ts';
import type { FailedCalls } from '../diagnostics/failed-calls.ts';
import { writeDiagnostics } from '../diagnostics/write-diagnostics.ts';
import type { JobRegistry } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';
import type { SeenArchives } from './seen-archives.ts';

export function diagnosticsApi(
  ports: Ports,
  jobs: JobRegistry,
  { seen, failedCalls }: { readonly seen: SeenArchives; readonly failedCalls: FailedCalls },
): Pick<Api, 'diagnostics.read'> {
  return {
    'diagnostics.read': async () => ({
      text: await writeDiagnostics({
        now: ports.clock.now(),
        archives: [...new Set([...seen.roots(), ...jobs.archives()])],
        failedCalls: failedCalls.latest(),
        disk: ports.disk,
      }),
    }),
  };
}
