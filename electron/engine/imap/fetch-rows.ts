import { TravasoError } from '../../../shared/errors.ts';
import { fetchItems } from './fetch-items.ts';
import type { CommandResult, ImapConnection } from './imap-connection.ts';
import type { ImapValue } from './imap-value.ts';
import { PullQueue } from './pull-queue.ts';

const rowsPerBatch = 1000;
/** Batches waiting for the consumer before the server has to wait too. */
const pauseAbove = 8;

/**
 * Runs a `UID FETCH` for small items and yields what `read` makes of each response, in batches of 1,000; a response
 * that `read` answers with null is left out (unsolicited ones look the same). Returns the tagged answer: a NO after
 * some rows is the caller's to judge.
 */
export async function* fetchRows<Row>(
  connection: ImapConnection,
  command: string,
  read: (items: readonly ImapValue[]) => Row | null,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[], CommandResult> {
  const queue = new PullQueue<readonly Row[]>();
  let rows: Row[] = [];
  const flush = () => {
    if (rows.length > 0) queue.push(rows);
    rows = [];
    if (queue.length > pauseAbove) connection.pauseReading();
  };
  const answer: { result?: CommandResult } = {};
  connection
    .run(command, {
      signal,
      handler: {
        untagged: response => {
          const items = fetchItems(response);
          const row = items === null ? null : read(items);
          if (row === null) return;
          rows.push(row);
          if (rows.length === rowsPerBatch) flush();
        },
      },
    })
    .then(
      result => {
        flush();
        answer.result = result;
        queue.end();
      },
      (error: unknown) => queue.fail(error),
    );
  try {
    for (;;) {
      const next = await queue.next();
      if (next.done === true) break;
      if (queue.length === 0) connection.resumeReading();
      yield next.value;
    }
  } finally {
    connection.resumeReading();
  }
  if (answer.result === undefined) throw new TravasoError('INTERNAL', { kind: 'no-answer' });
  return answer.result;
}
