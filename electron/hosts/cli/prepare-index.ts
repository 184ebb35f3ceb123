import { setTimeout as delay } from 'node:timers/promises';
import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { errorCodes } from '../../../shared/errors.ts';
import type { IndexState } from '../../../shared/model/message-list.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { CommandContext } from './run-command-line.ts';
import { searchWords } from './search-words.ts';

const lookMs = 150;
/** Without a terminal a line is printed this often (milliseconds). */
const logIntervalMs = 10_000;

/**
 * Waits until everything in the archive can be found, making the index if need be: whoever types a search has asked for
 * it. Progress goes to standard error, as a line that is written over on a terminal.
 *
 * @throws what made the index fail
 */
export async function prepareIndex(
  archive: string,
  { engine, io }: CommandContext,
  { language, json }: { readonly language: Language; readonly json: boolean },
): Promise<IndexState> {
  const { api } = engine;
  let state = await api['index.read']({ archive });
  if (state.phase !== 'ready') state = await api['index.start']({ archive });
  const began = performance.now();
  let shownAt = io.stderr.isTTY === true || json ? -Infinity : performance.now();
  const show = ({ messages }: IndexState): void => {
    const { preparing, of } = searchWords[language];
    const text = `${preparing} ${formatNumber(messages.done, language)} ${of} ${formatNumber(messages.total, language)}`;
    if (io.stderr.isTTY === true) io.stderr.write(`\r${text}`);
    else io.stderr.write(`${text}\n`);
  };
  while (state.phase === 'building') {
    const isDue = io.stderr.isTTY === true || performance.now() - shownAt > logIntervalMs;
    if (json && isDue)
      io.stdout.write(`${JSON.stringify({ event: 'progress', phase: 'indexing', messages: state.messages })}\n`);
    else if (isDue) show(state);
    if (isDue) shownAt = performance.now();
    await delay(lookMs);
    state = await api['index.read']({ archive });
  }
  if (shownAt > began && io.stderr.isTTY === true) io.stderr.write('\n');
  if (state.problem !== null) throw new TravasoError(codeOf(state.problem.code), { path: archive });
  return state;
}

function codeOf(code: string): ErrorCode {
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'SEARCH_INDEX_FAILED';
}
