import { generateItems, jpeg } from './fakes/zimbra/items/generate-items.ts';
import type { ItemsStore } from './fakes/zimbra/items/items-store.ts';
import { anna } from './zimbra-items-rig.ts';

/** Something of everything; names and texts are as people write them. */
export function fillEverything(store: ItemsStore, photoOctets = 50_000): void {
  generateItems(store, { contacts: 130, events: 60 });
  const contact = (fields: Record<string, string>, photo: Buffer | null = null): string =>
    store.add({
      kind: 'cn',
      folder: '7',
      fields,
      members: [],
      photo: photo && { mediaType: 'image/jpeg', octets: photo },
    });
  contact({ firstName: 'Foto', lastName: 'Grande', email: 'foto@ente.it' }, jpeg(photoOctets));
  store.add({
    ...{ kind: 'cn', folder: '7', fields: { nickname: 'Squadra', type: 'group' }, photo: null },
    members: [
      { type: 'I', value: 'Bruno <bruno@ente.it>' },
      { type: 'C', value: '257' },
    ],
  });
  store.add({ kind: 'cn', folder: '3', fields: { firstName: 'Cancellata' }, members: [], photo: null });
  const task = ['BEGIN:VTODO', 'UID:t1', 'SUMMARY:Relazione', 'PERCENT-COMPLETE:40', 'END:VTODO'];
  const todo = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...task, 'END:VCALENDAR'].map(line => `${line}\r\n`).join('');
  store.add({ kind: 'task', folder: '15', octets: Buffer.from(todo) });
  const folder = store.addFolder({ name: 'Verbali', parent: '16', view: 'document' });
  const document = (name: string, mediaType: string, octets: Buffer, into = '16'): string =>
    store.add({ kind: 'doc', folder: into, name, mediaType, octets });
  document('Bilancio 2024.ods', 'application/vnd.oasis.opendocument.spreadsheet', jpeg(300_000));
  document('pagina.html', 'text/html', Buffer.from('<script>alert(1)</script>'));
  document('senza estensione', 'application/octet-stream', Buffer.from('testo'), folder);

  store.tags.push({ id: '64', name: 'Da fare, subito', color: 5 });
  const header = { index: 0, header: 'subject', stringComparison: 'contains', value: 'fattura' };
  store.rules = {
    incoming: [
      {
        ...{ name: 'Fatture', active: true, filterTests: [{ condition: 'anyof', headerTest: [header] }] },
        filterActions: [{ actionFileInto: [{ index: 0, folderPath: 'Fatture' }], actionStop: [{ index: 1 }] }],
      },
      { name: 'Spenta', active: false, filterTests: [{ condition: 'allof' }], filterActions: [{ actionKeep: [{}] }] },
    ],
    outgoing: [{ name: 'Copia', active: true, filterTests: [{}], filterActions: [{ actionTag: [{ tagName: 'x' }] }] }],
  };
  store.byPath.set('Briefcase/logo.png', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), jpeg(500)]));
  const html =
    '<p>Anna <b>Verdi</b></p><img src="/home/anna@ente.it/Briefcase/logo.png"><img src="https://altrove.example/pixel.gif">';
  store.signatures = [
    { id: 'sig-1', name: 'Ufficio', content: [{ type: 'text/html', _content: html }] },
    { id: 'sig-2', name: 'Breve', content: [{ type: 'text/plain', _content: 'Cordialità\nAnna' }] },
  ];
  store.identities = [
    { name: 'DEFAULT', id: 'i1', _attrs: { zimbraPrefFromAddress: anna } },
    { name: 'URP', id: 'i2', _attrs: { zimbraPrefFromAddress: 'urp@ente.it', zimbraPrefFromDisplay: 'Ufficio' } },
  ];
  store.preferences = {
    ...{ zimbraPrefLocale: 'it', zimbraPrefOutOfOfficeReplyEnabled: 'TRUE' },
    zimbraPrefOutOfOfficeReply: 'Sono in ferie',
  };
}

export function calendar(lines: readonly string[]): Buffer {
  const all = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'];
  return Buffer.from(all.map(line => `${line}\r\n`).join(''));
}

export function plainEvent(uid: string, title: string): Buffer {
  return calendar([`UID:${uid}`, 'DTSTART:20250101T100000Z', `SUMMARY:${title}`]);
}
