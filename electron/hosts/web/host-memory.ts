import { join } from 'node:path';
import * as z from 'zod';
import { TravasoError } from '../../../shared/errors.ts';
import type { HostInput } from '../../../shared/host-contract.ts';
import { languages, type Language } from '../../../shared/words/language.ts';
import type { Grant, GrantStore } from '../transports/granted-paths.ts';
import { createJsonFile, type JsonFile } from '../transports/json-file.ts';

type State = HostInput<'host.writeState'>['state'];

/** What a host keeps between two starts, in its own folder, readable by its person only. Never passwords. */
export interface HostMemory {
  readonly grants: GrantStore;
  readState(): Promise<State>;
  /** Throws `CALL_INVALID` when it is longer than 256 KiB. */
  writeState(state: State): Promise<void>;
  /** The language chosen on a screen, or null until one was. */
  readLanguage(): Promise<Language | null>;
  writeLanguage(language: Language): Promise<void>;
}

const stateLimit = 256 * 1024;

const grantsSchema = z.array(z.object({ path: z.string(), as: z.enum(['folder', 'file']) }));

export function createHostMemory(folder: string): HostMemory {
  const grants: JsonFile<readonly Grant[]> = createJsonFile(join(folder, 'places.json'), grantsSchema.readonly(), []);
  const state: JsonFile<State> = createJsonFile(join(folder, 'screen.json'), z.json(), null);
  const language = createJsonFile(join(folder, 'language.json'), z.enum(languages).nullable(), null);
  return {
    grants,
    readState: () => state.read(),
    async writeState(next) {
      if (Buffer.byteLength(JSON.stringify(next)) > stateLimit) {
        throw new TravasoError('CALL_INVALID', { reason: 'size', method: 'host.writeState' });
      }
      await state.write(next);
    },
    readLanguage: () => language.read(),
    writeLanguage: next => language.write(next),
  };
}

/** The system's language where it is one of ours, else Italian. `locale` as in BCP 47. */
export function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('en') ? 'en' : 'it';
}
