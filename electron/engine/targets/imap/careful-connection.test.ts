import { expect, test } from 'vitest';
import { problemOf } from '../../../../shared/errors.ts';
import type { CommandResult, ImapConnection } from '../../imap/imap-connection.ts';
import { carefulConnection } from './careful-connection.ts';
import { scriptedConnection } from './scripted-connection.ts';

const refuseBad = (command: string): { status: 'OK' | 'BAD' } => ({ status: command.startsWith('BAD') ? 'BAD' : 'OK' });

/** A connection whose answers come when the test says so. */
function slowConnection(): { connection: ImapConnection; answers: ((status: CommandResult['status']) => void)[] } {
  const answers: ((status: CommandResult['status']) => void)[] = [];
  const connection: ImapConnection = {
    ...scriptedConnection([], () => ({ status: 'OK' })),
    run: () => new Promise(resolve => answers.push(status => resolve({ status, code: null, text: '' }))),
  };
  return { connection, answers };
}

test('announces only what is trusted', () => {
  const connection = scriptedConnection(['LITERAL+', 'MULTIAPPEND', 'IMAP4REV2'], refuseBad);
  const trusted = { errorsPerConnection: 3, trustedCapabilities: new Set(['LITERAL+', 'UIDPLUS']) };
  expect([...carefulConnection(connection, trusted).capabilities]).toEqual(['LITERAL+']);
});

test('the line is given up between two commands once the errors are used up', async () => {
  const connection = scriptedConnection([], refuseBad);
  const careful = carefulConnection(connection, { errorsPerConnection: 3, trustedCapabilities: null });
  for (let nth = 1; nth <= 3; nth += 1) {
    expect(await careful.run('BAD')).toMatchObject({ status: 'BAD' });
    if (nth < 3) expect(await careful.run('GOOD')).toMatchObject({ status: 'OK' });
  }
  const problem = problemOf(
    await careful.run('GOOD').then(
      () => null,
      (error: unknown) => error,
    ),
  );
  expect(problem).toMatchObject({ code: 'CONNECTION_LOST', details: { reason: 'error-budget' }, retryAfterMs: 0 });
  expect(connection.sent).toEqual(['BAD', 'GOOD', 'BAD', 'GOOD', 'BAD']);
});

test('no more commands are under way than could all be refused', async () => {
  const { connection, answers } = slowConnection();
  const careful = carefulConnection(connection, { errorsPerConnection: 3, trustedCapabilities: null });
  const results = Array.from({ length: 5 }, (_, nth) =>
    careful.run(`C${nth}`).then(
      ({ status }) => status,
      () => 'lost',
    ),
  );
  expect(answers).toHaveLength(3);
  answers[0]?.('BAD');
  await results[0];
  // The two others under way may fail as well: a fourth could be the one too many.
  expect(answers).toHaveLength(3);
  answers[1]?.('OK');
  await results[1];
  expect(answers).toHaveLength(4);
  answers[2]?.('BAD');
  answers[3]?.('BAD');
  expect(await Promise.all(results)).toEqual(['BAD', 'OK', 'BAD', 'BAD', 'lost']);
  expect(answers).toHaveLength(4);
});
