import type { FolderPath } from '../../shared/model/folder.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import type { GeneratedFolder, GeneratedMessage } from '../rig/mailbox-generator.ts';

const folders: readonly GeneratedFolder[] = [
  { path: ['INBOX'], role: 'inbox', weight: 10 },
  { path: ['Posta inviata'], role: 'sent', weight: 5 },
  { path: ['Progetti', '2023', 'Città di Napoli'], role: null, weight: 5 },
];
export const emptyFolder: FolderPath = ['Vuota'];

/** Forty messages with everything that makes two of them hard to tell apart. Same call, same mailbox. */
export function smallMailbox(): GeneratedMessage[] {
  const handmade = [
    // Equal to the octet, in one folder and across two, with and without Message-ID.
    ...Array.from({ length: 4 }, () => plain(['INBOX'], 'Promemoria', null)),
    plain(['Posta inviata'], 'Promemoria', null),
    ...Array.from({ length: 3 }, () => plain(['INBOX'], 'Convocazione', '<convocazione@ente.it>')),
    plain(['Posta inviata'], 'Convocazione', '<convocazione@ente.it>'),
    // Equal in every header field that names a message, and still another message.
    plain(['INBOX'], 'Promemoria', null, 'Altro testo.'),
    plain(['INBOX'], 'Promemoria', null, 'From qui in poi\r\n>From anche da qui'),
  ];
  const generated = generateMailbox({
    messages: 40 - handmade.length,
    folders,
    medianSize: 700,
    sizeSpread: 0.6,
    largeShare: 0,
    duplicateShare: 0.2,
  });
  return [...handmade, ...generated];
}

/** A message whose date, flags and keywords follow from its folder, so that copies are equal in all of them. */
export function plain(
  folder: FolderPath,
  subject: string,
  messageId: string | null,
  body = 'Buongiorno.',
): GeneratedMessage {
  const header = [
    ...(messageId === null ? [] : [`Message-ID: ${messageId}`]),
    'Date: Mon, 4 Mar 2019 09:15:00 +0100',
    'From: anna@ente.it',
    'To: marco@ente.it',
    `Subject: ${subject}`,
  ];
  return {
    folder,
    octets: Buffer.from([...header, '', body, ''].join('\r\n'), 'latin1'),
    internalDate: new Date('2019-03-04T08:15:07Z'),
    flags: folder[0] === 'INBOX' ? ['\\Flagged', '\\Seen'] : ['\\Answered'],
    keywords: folder[0] === 'INBOX' ? ['$Forwarded', 'Protocollo'] : [],
  };
}
