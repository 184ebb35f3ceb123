import { writeFile } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';
import type { HostApi } from '../../../shared/host-contract.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { HostMemory } from './host-memory.ts';
import type { MessageFrames } from './message-frames.ts';
import type { PlacePicker } from './place-picker.ts';

export interface BrowserHostOptions {
  readonly version: string;
  readonly systemLanguage: Language;
  readonly memory: HostMemory;
  readonly picker: PlacePicker;
  readonly frames: MessageFrames;
}

/** The host's functions for a screen in the system browser. What only a window can do is refused. */
export function createBrowserHost({ version, systemLanguage, memory, picker, frames }: BrowserHostOptions): HostApi {
  return {
    ...picker,
    'host.info': async () => ({
      host: 'browser',
      version,
      language: (await memory.readLanguage()) ?? systemLanguage,
      picker: 'listed',
      printsToPdf: false,
      tray: false,
    }),
    'host.setLanguage': async ({ language }) => {
      await memory.writeLanguage(language);
      return {};
    },
    'host.readState': async () => ({ state: await memory.readState() }),
    'host.writeState': async ({ state }) => {
      await memory.writeState(state);
      return {};
    },
    'host.writeText': async ({ path, text }) => {
      await writeText(path, text);
      return {};
    },
    'host.frameDocument': ({ html, use }) => Promise.resolve({ path: frames.keep(html, use) }),
    // A browser opens another page of its own, and prints to PDF itself.
    'host.openLink': onlyInWindow,
    'host.printDocument': onlyInWindow,
    'host.pickFolder': onlyInWindow,
    'host.pickFile': onlyInWindow,
    'host.saveFile': onlyInWindow,
    'host.printReport': onlyInWindow,
    'host.reveal': onlyInWindow,
    'host.startDrag': onlyInWindow,
  };
}

function onlyInWindow(): Promise<never> {
  return Promise.reject(new TravasoError('CALL_INVALID', { reason: 'host' }));
}

/** Writes a text the person asked for; `DISK_NOT_WRITABLE` when the place does not take it. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((cause: unknown) => {
    throw new TravasoError('DISK_NOT_WRITABLE', {}, { cause });
  });
}
