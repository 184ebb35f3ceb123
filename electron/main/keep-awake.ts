import { powerMonitor, powerSaveBlocker } from 'electron';
import type { EngineLink } from './engine-link.ts';
import type { WorkWatch } from './work-watch.ts';

/**
 * Keeps the computer from falling asleep by itself while a job is at work, and only then. A lid that is closed wins
 * nevertheless: the engine is told when the computer wakes, because its connections died without a packet saying so.
 */
export function keepAwakeWhileWorking(work: WorkWatch, engine: EngineLink): void {
  let blocker: number | null = null;
  work.onChange(active => {
    if (active.length > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  });
  const tellEngine = (): void => {
    if (work.active().length > 0) void engine.call('engine.lineLost', {});
  };
  powerMonitor.on('suspend', tellEngine);
  powerMonitor.on('resume', tellEngine);
}
