import { runWorker } from '../../electron/hosts/run-worker.ts';
import type { MicrosoftSettings } from '../../electron/engine/signin/microsoft/microsoft-settings.ts';

/** The engine's process as the product has it, except that its Microsoft 365 is the rig's: never part of a package. */
runWorker({ microsoft: JSON.parse(process.env['RIG_MICROSOFT'] ?? '{}') as Partial<MicrosoftSettings> });
