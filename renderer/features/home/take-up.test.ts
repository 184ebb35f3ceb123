import { expect, test } from 'vitest';
import type { ArchiveSummary } from '../../../shared/model/place.ts';
import { takenUp } from './take-up.ts';

const archive: ArchiveSummary = {
  source: null,
  target: null,
  mailFormat: 'mbox',
  sealed: true,
  messages: 3,
  octets: 3000,
  lastJob: null,
};
const from = (source: string) => takenUp(null, '/home/anna/Travaso', { ...archive, source });

test('an archive made from a backup is taken up as one, with its file where the archive tells it', () => {
  expect(from('mbox:/home/anna/profilo')).toMatchObject({
    way: 'file',
    step: 'source',
    file: { kind: 'mbox', path: '/home/anna/profilo', address: 'mbox:/home/anna/profilo', name: 'profilo' },
  });
  expect(from('tgz:C:\\Posta\\anna.tgz')).toMatchObject({
    way: 'file',
    file: { kind: 'zimbra-tgz', name: 'anna.tgz' },
  });
});

test('an Outlook file is named by its own key, which does not tell where it lies: it is asked for again', () => {
  expect(from('pst:0011223344556677')).toMatchObject({ way: 'file', file: null });
});

test('an archive made from a mailbox is taken up with that mailbox', () => {
  expect(from('imap://anna%40ente.it@posta.ente.it')).toMatchObject({
    way: 'mailbox',
    source: { mail: 'anna@ente.it', server: 'posta.ente.it' },
    file: null,
  });
});
