import { expect, test } from 'vitest';
import { readSoapReply, soapEnvelope } from './soap-envelope.ts';
import { SoapFault } from './soap-session.ts';

const name = 'AuthRequest';
const reply = (AuthResponse: unknown, context = {}): string =>
  JSON.stringify({ Header: { context }, Body: { AuthResponse }, _jsns: 'urn:zimbraSoap' });

test('a request is JSON from its first octet, with its namespace', () => {
  const text = soapEnvelope({ name, namespace: 'urn:zimbraAccount', body: { account: { by: 'name', _content: 'è' } } });
  expect(text.startsWith('{')).toBe(true);
  expect(JSON.parse(text)).toMatchObject({
    Header: { context: { _jsns: 'urn:zimbra' } },
    Body: { AuthRequest: { _jsns: 'urn:zimbraAccount', account: { by: 'name', _content: 'è' } } },
  });
});

test.each([
  ['an object', { csrfToken: { _content: '0_a' } }],
  ['an array', { csrfToken: [{ _content: '0_a' }] }],
  ['a bare string', { csrfToken: '0_a' }],
])('an element that comes as %s reads the same', (_, answer) => {
  expect(readSoapReply(reply(answer), name)).toEqual({ body: answer, csrfToken: '0_a' });
});

test('a token in the header counts too, and an answer in a list of one is that answer', () => {
  expect(readSoapReply(reply([{ lifetime: 1 }], { csrfToken: { _content: '0_b' } }), name)).toEqual({
    body: { lifetime: 1 },
    csrfToken: '0_b',
  });
});

test.each([
  [
    'in JSON',
    JSON.stringify({ Body: { Fault: { Detail: { Error: { Code: 'mail.X', a: { n: 'id', _content: '5' } } } } } }),
    'mail.X',
    { id: '5' },
  ],
  [
    'in XML',
    '<soap:Fault><Error xmlns="urn:zimbra"><Code>service.INVALID_REQUEST</Code></Error></soap:Fault>',
    'service.INVALID_REQUEST',
    {},
  ],
  ['without a code', JSON.stringify({ Body: { Fault: {} } }), 'unknown', {}],
])('a fault %s is thrown with its code and arguments', (_, text, code, details) => {
  expect(() => readSoapReply(text, name)).toThrow(SoapFault);
  expect(() => readSoapReply(text, name)).toThrow(expect.objectContaining({ code, details }) as Error);
});

test.each(['', '<html></html>', '[]', '{}', '{"Body":null}', '{"Body":{"OtherResponse":{}}}', 'null'])(
  'what is no answer to this request (%j) is none',
  text => {
    expect(readSoapReply(text, name)).toBeNull();
  },
);
