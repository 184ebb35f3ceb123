import { expect, test } from 'vitest';
import type { NetworkPort } from '../../ports.ts';
import { findMailServer } from './find-mail-server.ts';

const never = new AbortController().signal;
const where = { user: 'anna@ente.it', host: 'posta.ente.it' };

function network(...open: readonly number[]): NetworkPort {
  return {
    services: () => Promise.resolve([]),
    document: () => Promise.resolve(null),
    answers: ({ port }) => Promise.resolve(open.includes(port)),
  };
}

test.each([
  ['the usual port before the others', [143, 7993, 993], null, [993, 'implicit']],
  ['Zimbra’s own port, where nothing stands in front of it', [143, 7993], null, [7993, 'implicit']],
  ['STARTTLS where there is nothing else', [143], null, [143, 'starttls']],
  ['the usual port where nobody answers, to say what is wrong', [], null, [993, 'implicit']],
  ['what the organisation says, unasked', [993], 1993, [1993, 'implicit']],
  ['and its port for STARTTLS', [993], 143, [143, 'starttls']],
] as const)('mail is looked for at %s', async (_, open, port, [expected, tls]) => {
  const found = await findMailServer({ ...where, port }, network(...open), never);
  expect(found).toEqual({ kind: 'imap', ...where, port: expected, tls });
});
