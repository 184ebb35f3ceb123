import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Certified mail (PEC) as a provider makes it, after the public technical rules: DM 2 November 2005 with its annex, in
 * English RFC 6109. Signed by OpenSSL with a certificate of the day, so that the octets are those of a real signature.
 */
export interface PecProvider {
  /** Busta di trasporto. */
  transportEnvelope(original: Buffer, exchange: Exchange): Buffer;
  /** The same in the opaque form (`smime.p7m`), in which some gateways pass it on. */
  opaqueEnvelope(original: Buffer, exchange: Exchange): Buffer;
  /** Busta di anomalia: ordinary mail for a certified mailbox. */
  anomalyEnvelope(original: Buffer): Buffer;
  receipt(kind: ReceiptKind, exchange: Exchange, more?: ReceiptDetails): Buffer;
}

export interface Exchange {
  readonly subject: string;
  readonly sender: string;
  readonly recipients: readonly { readonly address: string; readonly certified: boolean }[];
  /** Message-ID of the original, brackets included. */
  readonly messageId: string;
  readonly identifier: string;
}

export type ReceiptKind =
  | 'accettazione'
  | 'non-accettazione'
  | 'presa-in-carico'
  | 'avvenuta-consegna'
  | 'errore-consegna'
  | 'preavviso-errore-consegna'
  | 'rilevazione-virus';

export interface ReceiptDetails {
  readonly concerns?: string;
  readonly error?: string;
  readonly errorText?: string;
  /** `completa` encloses the original. */
  readonly original?: Buffer;
}

const subjects: Readonly<Record<ReceiptKind, string>> = {
  accettazione: 'ACCETTAZIONE',
  'non-accettazione': 'AVVISO DI NON ACCETTAZIONE',
  'presa-in-carico': 'PRESA IN CARICO',
  'avvenuta-consegna': 'CONSEGNA',
  'errore-consegna': 'AVVISO DI MANCATA CONSEGNA',
  'preavviso-errore-consegna': 'AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO',
  'rilevazione-virus': 'PROBLEMA DI SICUREZZA',
};

export const providerName = 'Gestore di Prova & C. S.p.A.';
const from = 'posta-certificata@pec.gestore.example';
/** A quarter past nine of an Italian winter morning. */
export const certifiedAt = '2026-03-04T08:15:00.000Z';

/** @param directory takes the provider's key and certificate */
export function pecProvider(directory: string): PecProvider {
  const key = join(directory, 'pec-key.pem');
  const certificate = join(directory, 'pec-certificate.pem');
  const subject = `/C=IT/O=Gestore di Prova/CN=${from}`;
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', subject];
  execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  let serial = 0;

  const sign = (entity: Buffer, header: string, opaque = false): Buffer => {
    serial += 1;
    const path = join(directory, `entity-${serial}`);
    writeFileSync(path, entity);
    const form = opaque ? ['-nodetach'] : [];
    const args = ['smime', '-sign', '-md', 'sha256', '-signer', certificate, '-inkey', key, '-in', path, ...form];
    return Buffer.concat([Buffer.from(header), execFileSync('openssl', args, { maxBuffer: 1e8, stdio: 'pipe' })]);
  };

  const envelope = (original: Buffer, exchange: Exchange, opaque: boolean): Buffer => {
    const data = certification('posta-certificata', exchange);
    const text = `Il messaggio "${exchange.subject}" è stato inviato da "${exchange.sender}".\r\n`;
    return sign(mixed(text, original, data), envelopeHeader('posta-certificata', exchange), opaque);
  };

  return {
    transportEnvelope: (original, exchange) => envelope(original, exchange, false),
    opaqueEnvelope: (original, exchange) => envelope(original, exchange, true),
    anomalyEnvelope: original => {
      const header =
        'X-Trasporto: errore\r\nSubject: ANOMALIA MESSAGGIO: Offerta\r\n' +
        `From: "Per conto di: vendite@ditta.example" <${from}>\r\nReply-To: vendite@ditta.example\r\n` +
        'To: ufficio@pec.ente.example\r\nDate: Wed, 4 Mar 2026 09:15:00 +0100\r\n' +
        'Message-ID: <anomalia.1@pec.gestore.example>\r\n';
      return sign(mixed('Tali dati non sono stati certificati per il seguente errore.\r\n', original, null), header);
    },
    receipt: (kind, exchange, more = {}) => {
      const header =
        `X-Ricevuta: ${kind}\r\n${more.original === undefined ? '' : 'X-TipoRicevuta: completa\r\n'}` +
        `Subject: ${subjects[kind]}: ${exchange.subject}\r\nFrom: ${from}\r\nTo: ${exchange.sender}\r\n` +
        `Date: Wed, 4 Mar 2026 09:15:00 +0100\r\nX-Riferimento-Message-ID: ${exchange.messageId}\r\n` +
        `Message-ID: <${kind}.${exchange.identifier}>\r\n`;
      const text = `Ricevuta ${kind}\r\nIl giorno 04/03/2026 alle ore 09:15:00 (+0100) il messaggio è stato trattato.\r\n`;
      return sign(mixed(text, more.original ?? null, certification(kind, exchange, more)), header);
    },
  };
}

function envelopeHeader(transport: string, { subject, sender, recipients, messageId, identifier }: Exchange): string {
  return (
    `X-Trasporto: ${transport}\r\nDate: Wed, 4 Mar 2026 09:15:00 +0100\r\nSubject: POSTA CERTIFICATA: ${subject}\r\n` +
    `From: "Per conto di: ${sender}" <${from}>\r\nReply-To: ${sender}\r\n` +
    `To: ${recipients.map(({ address }) => address).join(', ')}\r\n` +
    `Message-ID: <${identifier}>\r\nX-Riferimento-Message-ID: ${messageId}\r\nX-TipoRicevuta: completa\r\n`
  );
}

function mixed(text: string, original: Buffer | null, data: string | null): Buffer {
  const boundary = `----=_Parte_0_${createHash('sha1')
    .update(original ?? text)
    .digest('hex')}`;
  const pieces: (string | Buffer)[] = [
    `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n` +
      `Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
    Buffer.from(text, 'latin1'),
  ];
  if (original !== null) {
    pieces.push(
      `\r\n--${boundary}\r\nContent-Type: message/rfc822; name="postacert.eml"\r\nContent-Transfer-Encoding: 7bit\r\n` +
        'Content-Disposition: attachment; filename="postacert.eml"\r\n\r\n',
      original,
    );
  }
  if (data !== null) {
    const lines = Buffer.from(data).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
    pieces.push(
      `\r\n--${boundary}\r\nContent-Type: application/xml; name="daticert.xml"\r\nContent-Transfer-Encoding: base64\r\n` +
        `Content-Disposition: attachment; filename="daticert.xml"\r\n\r\n${lines}`,
    );
  }
  pieces.push(`\r\n--${boundary}--\r\n`);
  return Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

/** `daticert.xml`, by the DTD of the annex (section 7.4). */
function certification(kind: string, exchange: Exchange, more: ReceiptDetails = {}): string {
  const { error = 'nessuno', errorText, concerns } = more;
  const recipients = exchange.recipients
    .map(
      ({ address, certified }) =>
        `<destinatari tipo="${certified ? 'certificato' : 'esterno'}">${address}</destinatari>`,
    )
    .join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<postacert tipo="${kind}" errore="${error}">
  <intestazione>
    <mittente>${exchange.sender}</mittente>
    ${recipients}
    <risposte>${exchange.sender}</risposte>
    <oggetto>${xml(exchange.subject)}</oggetto>
  </intestazione>
  <dati>
    <gestore-emittente>${xml(providerName)}</gestore-emittente>
    <data zona="+0100"><giorno>04/03/2026</giorno><ora>09:15:00</ora></data>
    <identificativo>${exchange.identifier}</identificativo>
    <msgid>${xml(exchange.messageId)}</msgid>
    <ricevuta tipo="completa"/>
    ${concerns === undefined ? '' : `<consegna>${concerns}</consegna>`}
    ${errorText === undefined ? '' : `<errore-esteso>${xml(errorText)}</errore-esteso>`}
  </dati>
</postacert>
`;
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
