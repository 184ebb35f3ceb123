import { basename, resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { recognise } from '../sources/recognise/recognise.ts';

/** The contract promises an answer within a minute. A whole disk, picked by mistake, takes longer to look through. */
const patienceMs = 55_000;

/** Looking at what people already have. */
export function fileSourceApi(): Pick<Api, 'file.recognise'> {
  return {
    'file.recognise': async ({ path }) => {
      const chosen = resolve(path);
      const name = basename(chosen);
      const patience = AbortSignal.timeout(patienceMs);
      try {
        const found = await recognise(chosen, patience);
        if (found.length === 0) throw new TravasoError('INPUT_FILE_NOT_MAIL', { file: name });
        return { name, found: [...found] };
      } catch (error) {
        if (!patience.aborted) throw error;
        throw new TravasoError('INPUT_FOLDER_TOO_LARGE', { file: name }, { cause: error });
      }
    },
  };
}
