import { expect, test } from 'vitest';
import { messageIdentity } from './identity.ts';

test('refolding, line ends and further fields do not change the identity', () => {
  const sent = Buffer.from(
    'Message-ID: <a@b>\r\nSubject: uno\r\n due\r\nDate: Mon, 1 Jan 2024 10:00:00 +0100\r\n\r\nbody',
  );
  const back = Buffer.from('X-New: 1\nDate: Mon, 1 Jan 2024 10:00:00 +0100\nSubject:   uno due\nMessage-ID: <a@b>\n\n');
  expect(messageIdentity(back)).toBe(messageIdentity(sent));
});

test('another subject is another identity, and the body plays no part', () => {
  const identity = messageIdentity(Buffer.from('Subject: a\r\n\r\nFrom: x'));
  expect(messageIdentity(Buffer.from('Subject: b\r\n\r\nFrom: x'))).not.toBe(identity);
  expect(messageIdentity(Buffer.from('Subject: a\r\n\r\nFrom: y'))).toBe(identity);
});
