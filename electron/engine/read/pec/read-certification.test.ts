import { expect, test } from 'vitest';
import { readCertification } from './read-certification.ts';

const whole = `<?xml version="1.0" encoding="ISO-8859-1"?>
<postacert tipo="avvenuta-consegna" errore="nessuno">
 <intestazione><mittente>anna@pec.ente.it</mittente>
  <destinatari tipo="certificato">a@pec.it</destinatari><destinatari tipo="esterno">b@posta.it</destinatari>
  <risposte>anna@pec.ente.it</risposte><oggetto><![CDATA[Città & <dintorni>]]></oggetto></intestazione>
 <dati><gestore-emittente>Gestore S.p.A.</gestore-emittente>
  <data zona="+0200"><giorno>04/07/2026</giorno><ora>09:15:00</ora></data>
  <identificativo>opec1</identificativo><msgid>&lt;x@y&gt;</msgid><ricevuta tipo="breve"/><consegna>a@pec.it</consegna></dati>
</postacert>`;

test('reads what a provider certifies', () => {
  expect(readCertification(Buffer.from(whole, 'latin1'), null)).toEqual({
    ...{ kind: 'avvenuta-consegna', error: 'nessuno', errorText: '', sender: 'anna@pec.ente.it' },
    recipients: [
      { address: 'a@pec.it', type: 'certified' },
      { address: 'b@posta.it', type: 'external' },
    ],
    ...{ subject: 'Città & <dintorni>', provider: 'Gestore S.p.A.', date: '2026-07-04T07:15:00.000Z' },
    ...{ identifier: 'opec1', messageId: '<x@y>', concerns: 'a@pec.it', damaged: false },
  });
});

test('keeps what was before the damage', () => {
  const cut = readCertification(Buffer.from(whole.slice(0, whole.indexOf('<identificativo>')), 'latin1'), null);
  expect(cut).toMatchObject({ sender: 'anna@pec.ente.it', identifier: '', damaged: true });
});

test('neither expands entities of a document type nor fetches them', () => {
  const laughs =
    '<!DOCTYPE postacert [<!ENTITY a "ah"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>' +
    '<postacert tipo="accettazione"><intestazione><mittente>x@y</mittente><oggetto>&b;&c;</oggetto></intestazione></postacert>';
  const read = readCertification(Buffer.from(laughs), null);
  expect(read).toMatchObject({ kind: 'accettazione', sender: 'x@y', subject: '', damaged: true });
});

test.each([
  ['other XML', '<fattura/>'],
  ['no XML', 'testo'],
  ['nothing', ''],
  ['elements without end', '<a>'.repeat(100_000)],
  ['too much', `<postacert>${' '.repeat(1024 * 1024)}</postacert>`],
])('says nothing of %s', (_what, text) => {
  expect(readCertification(Buffer.from(text), null)).toBeNull();
});
