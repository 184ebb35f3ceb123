import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import type { MessageView } from '../shared/model/message-view.ts';
import { certifiedAt, pecProvider, providerName } from './rig/pec-provider.ts';
import { runHere } from './rig/run-here.ts';
import { indexed, writeArchive } from './rig/search-archive.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const place = createTestDirectory('read-pec');
const archive = join(place.path, 'archivio');
const unindexed = join(place.path, 'senza-indice');
const engine = createEngine(defaultPorts());
const provider = pecProvider(place.path);

const subject = 'Richiesta di accesso agli atti';
const exchange = {
  subject,
  sender: 'anna@pec.ente.example',
  recipients: [
    { address: 'protocollo@pec.comune.example', certified: true },
    { address: 'bruno@posta.example', certified: false },
  ],
  messageId: '<atti.2026@pec.ente.example>',
  identifier: 'opec2952.20260304091500.00123.1.1@pec.gestore.example',
};
const original = Buffer.from(
  `Message-ID: ${exchange.messageId}\r\nFrom: Anna Rossi <anna@pec.ente.example>\r\n` +
    `To: protocollo@pec.comune.example, bruno@posta.example\r\nSubject: ${subject}\r\n` +
    'Date: Wed, 4 Mar 2026 09:14:30 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n' +
    '--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' +
    'Si chiede copia della delibera perch=C3=A9 necessaria.\r\n' +
    '--a\r\nContent-Type: application/pdf; name=istanza.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
    `${Buffer.from('%PDF-1.4 istanza').toString('base64')}\r\n--a--\r\n`,
);
const foreign = Buffer.from(
  'From: Vendite <vendite@ditta.example>\r\nSubject: Offerta\r\nMessage-ID: <offerta@ditta.example>\r\n\r\nSconti.\r\n',
);

const sent = ['Inviata'];
const inbox = ['INBOX'];
const messages = [
  { folder: sent, octets: original },
  { folder: inbox, octets: provider.receipt('accettazione', exchange) },
  {
    folder: inbox,
    octets: provider.receipt('avvenuta-consegna', exchange, { concerns: 'protocollo@pec.comune.example', original }),
  },
  {
    folder: inbox,
    octets: provider.receipt('errore-consegna', exchange, {
      concerns: 'bruno@posta.example',
      error: 'altro',
      errorText: '5.2.2 - Gestore di Prova - casella piena',
    }),
  },
  { folder: inbox, octets: provider.transportEnvelope(original, exchange) },
  { folder: inbox, octets: provider.opaqueEnvelope(original, exchange) },
  { folder: inbox, octets: provider.anomalyEnvelope(foreign) },
  { folder: inbox, octets: provider.receipt('non-accettazione', exchange, { error: 'virus' }) },
  { folder: inbox, octets: provider.receipt('presa-in-carico', exchange) },
  // An anomaly that brings back a certified message: what is certified inside is not about the envelope.
  { folder: inbox, octets: provider.anomalyEnvelope(provider.transportEnvelope(original, exchange)) },
].map((message, index) => ({ ...message, internalDate: new Date(Date.UTC(2026, 2, 4, 8, 15 + index)) }));

const numbers = {
  acceptance: 1,
  delivery: 2,
  nonDelivery: 3,
  envelope: 4,
  opaque: 5,
  anomaly: 6,
  nonAcceptance: 7,
  notice: 8,
  returned: 9,
} as const;
let folders: { sent: number; inbox: number };

beforeAll(async () => {
  await writeArchive(archive, messages);
  await writeArchive(unindexed, messages, 'eml');
  await indexed(engine, archive);
  const view = await engine.api['archive.open']({ archive });
  const idOf = (name: string) => view.folders.find(({ path }) => path[0] === name)?.folder ?? -1;
  folders = { sent: idOf('Inviata'), inbox: idOf('INBOX') };
});
afterAll(async () => {
  await engine.close();
  place.remove();
});

type Wish = Partial<{ inside: string[]; pec: 'inner' | 'envelope'; archive: string }>;
async function read(which: keyof typeof numbers, wish: Wish = {}): Promise<MessageView> {
  return await engine.api['message.read']({ archive, folder: folders.inbox, number: numbers[which], ...wish });
}

const exchangeOf = {
  provider: providerName,
  identifier: exchange.identifier,
  sender: exchange.sender,
  subject,
  date: certifiedAt,
  recipients: [
    { address: 'protocollo@pec.comune.example', type: 'certified' },
    { address: 'bruno@posta.example', type: 'external' },
  ],
};

describe.each(['envelope', 'opaque'] as const)('a transport envelope (%s)', which => {
  test('is shown as the message that it carries', async () => {
    const view = await read(which);
    expect(view.headers).toMatchObject({ subject, from: [{ name: 'Anna Rossi', address: 'anna@pec.ente.example' }] });
    expect(view.text?.body).toContain('perché necessaria');
    expect(view.parts.map(({ name, octets }) => [name, octets])).toEqual([['istanza.pdf', 16]]);
    expect(view.pec).toMatchObject({ kind: 'message', error: null, ...exchangeOf });
    expect(view.inside).toEqual([view.pec?.inner]);
    expect(view.signature).toEqual({ kind: which === 'opaque' ? 'smime-opaque' : 'smime-signed', checked: false });
    expect(view.problems).toEqual([]);
  });

  test('shows itself when it is asked for', async () => {
    const view = await read(which, { pec: 'envelope' });
    expect(view.headers.subject).toBe(`POSTA CERTIFICATA: ${subject}`);
    expect(view.text?.body).toContain('è stato inviato da');
    const kinds = Object.fromEntries(view.parts.map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({ 'postacert.eml': 'message', 'daticert.xml': 'pec-data' });
    expect('smime.p7s' in kinds).toBe(which === 'envelope');
  });

  test('gives the part of the message within, as the view names it', async () => {
    const { inside, parts } = await read(which);
    const to = join(place.path, `istanza-${which}.pdf`);
    const part = parts[0]?.part ?? '';
    await engine.api['message.savePart']({ archive, folder: folders.inbox, number: numbers[which], inside, part, to });
    expect(readFileSync(to, 'utf8')).toBe('%PDF-1.4 istanza');
    // Named so, it is the same message again and not the next one within.
    expect(await read(which, { inside })).toEqual(await read(which));
  });
});

test.each([
  ['acceptance', { kind: 'acceptance', error: null, concerns: null, inner: null }],
  ['delivery', { kind: 'delivery', error: null, concerns: 'protocollo@pec.comune.example' }],
  [
    'nonDelivery',
    { kind: 'nonDelivery', error: '5.2.2 - Gestore di Prova - casella piena', concerns: 'bruno@posta.example' },
  ],
  ['nonAcceptance', { kind: 'nonAcceptance', error: 'virus' }],
  ['notice', { kind: 'notice', error: null }],
] as const)('sums up the receipt %s and shows it as itself', async (which, expected) => {
  const view = await read(which);
  expect(view.pec).toMatchObject({ ...exchangeOf, ...expected });
  expect(view.inside).toEqual([]);
  expect(view.text?.body).toContain('Ricevuta ');
  expect(view.signature?.kind).toBe('smime-signed');
});

test('opens the original that a full delivery receipt encloses', async () => {
  const { pec } = await read('delivery');
  const view = await read('delivery', { inside: [pec?.inner ?? ''] });
  expect(view.headers.subject).toBe(subject);
});

test('shows ordinary mail in an anomaly envelope, and says that it is one', async () => {
  const view = await read('anomaly');
  expect(view.headers.subject).toBe('Offerta');
  expect(view.text?.body).toBe('Sconti.\n');
  expect(view.pec).toMatchObject({ kind: 'anomaly', provider: '', related: [], sender: 'vendite@ditta.example' });
});

test('does not take what an anomaly brings back for its own certification', async () => {
  const view = await read('returned');
  expect(view.pec).toMatchObject({ kind: 'anomaly', identifier: '' });
  expect(view.headers.subject).toBe(`POSTA CERTIFICATA: ${subject}`);
});

describe.each([
  ['by the index', () => archive],
  ['without an index', () => unindexed],
])('what belongs together is found %s', (_how, where) => {
  const whole = () => [
    { folder: folders.sent, number: 1, what: 'sent' },
    ...(['acceptance', 'delivery', 'nonDelivery', 'nonAcceptance', 'notice'] as const).map(what => ({
      folder: folders.inbox,
      number: numbers[what],
      what,
    })),
    { folder: folders.inbox, number: numbers.envelope, what: 'message' },
    { folder: folders.inbox, number: numbers.opaque, what: 'message' },
  ];
  test.each(['acceptance', 'envelope'] as const)('from the %s', async which => {
    const { pec } = await read(which, { archive: where() });
    const others = whole().filter(({ folder, number }) => folder !== folders.inbox || number !== numbers[which]);
    expect(new Set(pec?.related)).toEqual(new Set(others));
  });
});

test('a receipt stands in one conversation with what was sent', async () => {
  const { rows } = await engine.api['messages.thread']({ archive, folder: folders.sent, number: 1 });
  expect(rows.map(({ folder, number }) => [folder, number])).toContainEqual([folders.inbox, numbers.acceptance]);
});

test.each(Object.entries(numbers))('saves the %s byte for byte, signature included', async (which, number) => {
  const to = join(place.path, `${which}.eml`);
  const { written } = await engine.api['message.save']({ archive, folder: folders.inbox, number, to });
  const octets = messages[number]?.octets ?? Buffer.alloc(0);
  expect(written).toBe(octets.length);
  const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  expect(hash(readFileSync(to))).toBe(hash(octets));
});

test('the command line tells the help desk what a receipt says, and saves what it is asked for', async () => {
  const message = ['INBOX', String(numbers.nonDelivery), '--archive', archive, '--lang', 'it'];
  const { text, exitCode } = await runHere(['show', ...message]);
  expect(exitCode).toBe(0);
  expect(text).toContain('PEC: Avviso di mancata consegna (Gestore: Gestore di Prova & C. S.p.A.');
  expect(text).toContain('Destinatario: bruno@posta.example\nErrore: 5.2.2 - Gestore di Prova - casella piena\n');
  expect(text).toContain('inviato Inviata 1');
  const to = join(place.path, 'daticert.xml');
  expect((await runHere(['show', ...message, '--part', '1.2', '--save', to])).exitCode).toBe(0);
  expect(readFileSync(to, 'utf8')).toContain('<errore-esteso>5.2.2');
  expect((await runHere(['show', ...message, '--save', to])).exitCode).toBe(73);
  expect((await runHere(['show', 'Nessuna', '1', '--archive', archive])).exitCode).toBe(64);
  const { result } = await runHere(['show', ...message, '--json']);
  expect(result).toMatchObject({ status: 'succeeded', message: { pec: { kind: 'nonDelivery' } } });
});
