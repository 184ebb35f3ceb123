import { expect, test } from 'vitest';
import type {
  ForeseenSettings,
  ItemTarget,
  OutgoingItem,
  TargetItemFolder,
} from '../electron/engine/targets/item-target.ts';
import { carry, differences, folderNamed, itemTargetOf, outgoing } from './carbonio-items-rig.ts';
import { neverAborted } from './carbonio-rig.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import type { SoapBody } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';

const rule = (name: string, value: string, actions: SoapBody): SoapBody => ({
  ...{ name, active: true, filterActions: [actions] },
  filterTests: [
    { condition: 'anyof', headerTest: [{ index: 0, header: 'subject', stringComparison: 'contains', value }] },
  ],
});
const into = (folderPath: string): SoapBody => ({
  actionFileInto: [{ index: 0, folderPath }],
  actionStop: [{ index: 1 }],
});

async function foreseen(
  target: ItemTarget,
  folder: TargetItemFolder,
  items: readonly OutgoingItem[],
): Promise<ForeseenSettings | undefined> {
  return await (await target.openFolder(folder, neverAborted)).foresee?.(items, neverAborted);
}

function ruleItem(direction: string, rules: readonly SoapBody[]): OutgoingItem {
  const json = JSON.stringify({ version: 1, direction, rules });
  return outgoing('rule', `${direction}.json`, json, { mediaType: 'application/json' });
}

test('rules are added behind theirs, which stay to the letter; folders and tags they name are made', async () => {
  const mailbox = fakeMailbox();
  const theirs = [rule('Fatture', 'invoice', into('Sent')), rule('Capo', 'capo', into('Inbox'))];
  mailbox.items.rules.incoming = theirs;
  const target = itemTargetOf(mailbox, new Map([['urgente', { color: 1 }]]));
  const folder = await folderNamed(target, 'rule', null);
  const ours = [
    rule('Capo', 'capo', into('/Inbox')),
    rule('Fatture', 'fattura', into('Uffici/Fatture')),
    rule('Etichetta', 'x', { actionTag: [{ index: 0, tagName: 'Urgente' }] }),
  ];
  const items = [ruleItem('incoming', ours), ruleItem('outgoing', [rule('Copia', 'y', into('Sent'))])];
  expect(await foreseen(target, folder, items)).toEqual({
    ...{ added: ['Fatture (2)', 'Etichetta', 'Copia'], present: ['Capo'], theirs: ['Fatture'] },
  });
  expect(mailbox.items.rules).toEqual({ incoming: theirs, outgoing: [] });
  const carried = await carry(target, folder, items);
  expect(carried.map(({ kind }) => kind)).toEqual(['stored', 'stored']);
  expect(mailbox.items.rules.incoming.slice(0, 2)).toEqual(theirs);
  expect(mailbox.items.rules.incoming.map(each => each['name'])).toEqual([
    'Fatture',
    'Capo',
    'Fatture (2)',
    'Etichetta',
  ]);
  expect(mailbox.items.rules.outgoing.map(each => each['name'])).toEqual(['Copia']);
  expect(mailbox.store.childNamed(mailbox.store.childNamed('1', 'Uffici')?.id ?? '', 'Fatture')).not.toBeNull();
  expect(mailbox.store.tagNamed('Urgente')?.color).toBe(1);
  expect(await differences(target, folder, items, carried)).toEqual({});

  expect(await foreseen(target, folder, items)).toEqual({
    ...{ added: [], present: ['Capo', 'Fatture (2)', 'Etichetta', 'Copia'], theirs: ['Fatture'] },
  });
  const before = JSON.stringify(mailbox.items.rules);
  expect((await carry(target, folder, items)).map(({ kind }) => kind)).toEqual(['present', 'present']);
  expect(JSON.stringify(mailbox.items.rules)).toBe(before);
  expect(mailbox.items.overwritten).toBe(0);
  // Somebody changes one of them: the proof says so.
  mailbox.items.rules.incoming = mailbox.items.rules.incoming.filter(each => each['name'] !== 'Etichetta');
  expect(await differences(target, folder, items, carried)).toEqual({ 'incoming.json': ['rule'] });
});

test('a rule that the server cannot express is named, the others are added, and answers that fail change nothing', async () => {
  const mailbox = fakeMailbox();
  mailbox.items.rules.incoming = [rule('Di prima', 'z', into('Inbox'))];
  let faults = 2;
  mailbox.disturb = ({ at, moment }) => {
    if (at === 'ModifyFilterRulesRequest' && faults-- > 0) {
      throw new FakeFault(moment === 'after' ? 'service.FAILURE' : 'service.TEMPORARILY_UNAVAILABLE');
    }
  };
  const target = itemTargetOf(mailbox);
  const folder = await folderNamed(target, 'rule', null);
  const strange = { ...rule('Strana', 'x', into('Inbox')), filterTests: [{ condition: 'anyof', moonPhaseTest: [{}] }] };
  const carried = await carry(target, folder, [ruleItem('incoming', [rule('Prima', 'a', into('Inbox')), strange])]);
  expect(carried).toMatchObject([
    {
      kind: 'refused',
      problem: { code: 'ITEM_REFUSED', details: { name: 'Strana', reason: 'service.INVALID_REQUEST' } },
    },
  ]);
  expect(mailbox.items.rules.incoming.map(each => each['name'])).toEqual(['Di prima', 'Prima']);
});

const page = '<p>Anna <b>Verdi</b></p><img src="data:image/png;base64,iVBORw0KGgo=">';
const signature = (name: string, form: 'html' | 'plain', content: string): OutgoingItem =>
  outgoing('signature', `${name}.${form}`, content, { name, mediaType: `text/${form}` });

test('signatures are added beside theirs, once, and the one in use stays the one in use', async () => {
  const mailbox = fakeMailbox();
  const target = itemTargetOf(mailbox);
  const folder = await folderNamed(target, 'signature', null);
  const items = [
    signature('Ufficio', 'html', page),
    signature('Solo testo', 'plain', 'Anna Verdi\n'),
    signature('Breve', 'plain', 'Cordialità\nAnna\n'),
  ];
  const carried = await carry(target, folder, items);
  expect(carried.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'stored']);
  expect(mailbox.items.signatures.map(({ name, content }) => [name, content.length])).toEqual([
    ['Ufficio', 1],
    ['Solo testo', 1],
    ['Breve', 1],
  ]);
  // The server made the first one the default; nobody had chosen it.
  expect(mailbox.items.preferences['zimbraPrefDefaultSignatureId']).toBe('');
  expect(await differences(target, folder, items, carried)).toEqual({});
  expect((await carry(target, folder, items)).map(({ kind }) => kind)).toEqual(['present', 'present', 'present']);
  expect(mailbox.items.signatures.length).toBe(3);
  expect((await foreseen(target, folder, items))?.present).toHaveLength(3);
});

test('a signature of the same name keeps its content, and limits are named', async () => {
  const mailbox = fakeMailbox();
  const theirs = { id: 's1', name: 'Ufficio', content: [{ type: 'text/html', _content: '<p>Nuova</p>' }] };
  mailbox.items.signatures.push(theirs);
  mailbox.items.preferences['zimbraPrefDefaultSignatureId'] = 's1';
  mailbox.items.limits.signatures = 2;
  const target = itemTargetOf(mailbox);
  const folder = await folderNamed(target, 'signature', null);
  let lost = true;
  mailbox.disturb = ({ at, moment }) => {
    if (at !== 'CreateSignatureRequest' || moment !== 'after' || !lost) return;
    lost = false;
    throw new FakeFault('service.FAILURE');
  };
  const long = signature('Lunga', 'html', `<p>${'x'.repeat(11_000)}</p>`);
  const items = [signature('Ufficio', 'html', page), long, signature('Terza', 'plain', 'Anna')];
  // As an archive has one that was written with and without style.
  const both = [signature('Doppia', 'html', '<p>Anna</p>'), signature('Doppia', 'plain', 'Anna')];
  expect(await foreseen(target, folder, [...items, ...both])).toEqual({
    ...{ added: ['Ufficio (2)', 'Terza', 'Doppia'], present: [], theirs: ['Ufficio'] },
  });
  expect(mailbox.items.signatures).toEqual([theirs]);
  const carried = await carry(target, folder, items);
  expect(carried).toMatchObject([
    { kind: 'stored' },
    { kind: 'refused', problem: { details: { name: 'Lunga', reason: 'too-long' } } },
    { kind: 'refused', problem: { details: { name: 'Terza', reason: 'account.TOO_MANY_SIGNATURES' } } },
  ]);
  expect(mailbox.items.signatures[0]).toEqual(theirs);
  expect(mailbox.items.signatures.map(({ name }) => name)).toEqual(['Ufficio', 'Ufficio (2)']);
  expect(mailbox.items.preferences['zimbraPrefDefaultSignatureId']).toBe('s1');
});
