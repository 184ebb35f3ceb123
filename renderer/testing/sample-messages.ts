import type { MessagePart, MessageView } from '../../shared/model/message-view.ts';

/** A blue square of one dot, as a picture within a message. */
const blueDot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** What a message has in common with every other. */
export const plainMessage: MessageView = {
  folder: 1,
  number: 7,
  inside: [],
  headers: {
    subject: 'Convocazione della riunione di coordinamento, giovedì 12 marzo',
    from: [{ name: 'Giulia Ferri', address: 'giulia.ferri@ente.it' }],
    to: [
      { name: 'Anna Verdi', address: 'anna.verdi@ente.it' },
      { name: '', address: 'ufficio.protocollo@ente.it' },
    ],
    cc: [{ name: 'Marco Bianchi', address: 'marco.bianchi@ente.it' }],
    bcc: [],
    replyTo: [],
    date: '2026-03-04T08:15:00Z',
    messageId: '<20260304081500.7Fq@posta.ente.it>',
  },
  size: 18_432,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  flags: ['\\Seen', '\\Flagged'],
  keywords: ['$Forwarded'],
  internalDate: '2026-03-04T08:15:09Z',
  absent: false,
  text: {
    body:
      'Buongiorno a tutti,\n\n' +
      'la riunione è confermata per giovedì 12 marzo, alle 10, nella sala al secondo piano.\n' +
      'L’ordine del giorno è su https://intranet.ente.it/riunioni/12-marzo (serve la rete dell’ente).\n\n' +
      'Portate per favore i dati del trimestre.\n\nGiulia Ferri\nUfficio coordinamento\n',
    cut: false,
  },
  html: null,
  images: [],
  parts: [],
  signature: null,
  pec: null,
  problems: [],
};

export function part(change: Partial<MessagePart>): MessagePart {
  return {
    part: '2',
    name: 'ordine del giorno.pdf',
    type: 'application/pdf',
    octets: 184_320,
    inline: false,
    kind: 'file',
    from: 'mime',
    event: null,
    ...change,
  };
}

const newsletter = `<html><head><style>
  @import url("https://conta.example/stile.css");
  .titolo { color: #036; font-size: 22px; background: url(https://conta.example/sfondo.png) }
  @media (max-width: 600px) { .colonna { display: block } }
</style></head><body bgcolor="#f4f6f9" background="https://conta.example/carta.png">
<table width="600" align="center" cellpadding="16" style="background-color:#ffffff; border: 1px solid #d0d7de"><tr><td>
<p><img src="cid:logo@ente" alt="Logo dell’ente" width="48" height="48"><img src="https://conta.example/p.gif?anna" width="1" height="1"></p>
<h1 class="titolo">Notizie dall’ente</h1>
<p>Il nuovo orario degli sportelli è su <a href="https://www.ente.it/orari">www.ente.it/orari</a>.</p>
<p>La tua casella scade oggi: <a href="http://ente.it.rinnovo.example/accedi">www.ente.it</a> per rinnovarla.</p>
<p><a href="https://xn--nte-jdd.it/">Area riservata</a> · <a href="javascript:alert(1)">Stampa</a> · <a href="smb://10.0.0.9/foto">Foto</a> ·
<a href="mailto:urp@ente.it">Scrivi all’URP</a></p>
<form action="https://conta.example/f"><input name="password" placeholder="Password"><button>Invia</button></form>
</td></tr></table></body></html>`;

export const pageMessage: MessageView = {
  ...plainMessage,
  headers: { ...plainMessage.headers, subject: 'Notizie dall’ente, marzo' },
  text: { body: 'Notizie dall’ente\n\nIl nuovo orario degli sportelli è su https://www.ente.it/orari.', cut: false },
  html: { body: newsletter, cut: false },
  images: [{ contentId: 'logo@ente', type: 'image/png', data: blueDot }],
};

export const attachments: readonly MessagePart[] = [
  part({}),
  part({ part: '3', name: 'preventivo.pdf.exe', type: 'application/octet-stream', octets: 1_204_224 }),
  part({ part: '4', name: 'Richiesta di chiarimenti.eml', type: 'message/rfc822', octets: 9_216, kind: 'message' }),
  part({ part: '5', name: 'verbale.docx', type: 'application/msword', octets: null, from: 'winmail' }),
  part({
    part: '6',
    name: 'invito.ics',
    type: 'text/calendar',
    octets: 2_048,
    kind: 'calendar',
    event: {
      method: 'REQUEST',
      summary: 'Riunione di coordinamento',
      start: '2026-03-12T09:00:00Z',
      end: '2026-03-12T10:30:00Z',
      location: 'Sala al secondo piano',
      organizer: { name: 'Giulia Ferri', address: 'giulia.ferri@ente.it' },
      repeats: true,
    },
  }),
  part({ part: '7', name: 'smime.p7s', type: 'application/pkcs7-signature', octets: 4_096, kind: 'signature' }),
];

const exchange = {
  provider: 'Gestore PEC di prova S.p.A.',
  identifier: 'opec2941.20260304091500.12345.678.1.53@pec.gestore.example',
  sender: 'comune@pec.ente.example',
  recipients: [
    { address: 'ministero@pec.ministero.example', type: 'certified' },
    { address: 'anna.verdi@ente.it', type: 'external' },
  ],
  concerns: null,
  subject: 'Trasmissione della delibera n. 42',
  date: '2026-03-04T08:15:00Z',
  error: null,
  inner: null,
  related: [],
} as const;

export const pecMessage: MessageView = {
  ...plainMessage,
  inside: ['2'],
  headers: { ...plainMessage.headers, subject: 'Trasmissione della delibera n. 42' },
  text: { body: 'Si trasmette in allegato la delibera n. 42.\n\nDistinti saluti', cut: false },
  parts: [part({ part: '2.2', name: 'delibera 42.pdf.p7m', type: 'application/pkcs7-mime' })],
  signature: { kind: 'smime-signed', checked: false },
  pec: {
    ...exchange,
    recipients: [...exchange.recipients],
    kind: 'message',
    inner: '2',
    related: [
      { folder: 2, number: 1, what: 'acceptance' },
      { folder: 2, number: 2, what: 'delivery' },
    ],
  },
};

export const pecFailure: MessageView = {
  ...plainMessage,
  headers: { ...plainMessage.headers, subject: 'AVVISO DI MANCATA CONSEGNA: Trasmissione della delibera n. 42' },
  text: { body: 'Il messaggio non è stato consegnato.', cut: false },
  parts: [part({ part: '3', name: 'daticert.xml', type: 'application/xml', octets: 900, kind: 'pec-data' })],
  pec: {
    ...exchange,
    recipients: [...exchange.recipients],
    kind: 'nonDelivery',
    concerns: 'ministero@pec.ministero.example',
    error: '5.2.2 - Gestore di prova - casella piena',
    related: [{ folder: 3, number: 9, what: 'sent' }],
  },
};

export const pecDelivered: MessageView = {
  ...pecFailure,
  headers: { ...pecFailure.headers, subject: 'CONSEGNA: Trasmissione della delibera n. 42' },
  pec: {
    ...exchange,
    recipients: [...exchange.recipients],
    kind: 'delivery',
    concerns: 'ministero@pec.ministero.example',
    inner: '4',
    related: [{ folder: 3, number: 9, what: 'sent' }],
  },
};

export const damagedMessage: MessageView = {
  ...plainMessage,
  headers: { ...plainMessage.headers, subject: '', from: [], to: [], cc: [], date: null },
  text: null,
  absent: true,
  signature: { kind: 'smime-encrypted', checked: false },
  parts: [part({ name: 'smime.p7m', type: 'application/pkcs7-mime', kind: 'signature' })],
  problems: ['too-deep', 'part-unreadable', 'charset-unknown'],
};

export const sampleSource = [
  'Return-Path: <giulia.ferri@ente.it>',
  'Received: from posta.ente.it (posta.ente.it [192.0.2.7]) by mx.ente.it with ESMTPS id 7Fq; Wed, 4 Mar 2026 09:15:09 +0100',
  'From: Giulia Ferri <giulia.ferri@ente.it>',
  'To: Anna Verdi <anna.verdi@ente.it>, ufficio.protocollo@ente.it',
  'Subject: =?utf-8?Q?Convocazione_della_riunione_di_coordinamento?=',
  'Date: Wed, 4 Mar 2026 09:15:00 +0100',
  'Message-ID: <20260304081500.7Fq@posta.ente.it>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
].join('\r\n');
