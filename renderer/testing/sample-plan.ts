import type { UploadPlan } from '../../shared/model/upload-plan.ts';
import { sampleFolders, sampleTotals } from './sample-mailbox.ts';

const renamed: Readonly<Record<string, string>> = { 'Posta in arrivo': 'INBOX', Inviata: 'Sent', Bozze: 'Drafts' };

export const samplePlan: UploadPlan = {
  folders: sampleFolders.map(({ path, role, messages, octets }) => {
    const targetPath = path.map(segment => (renamed[segment] ?? segment).replaceAll('/', '-'));
    return {
      path: [...path],
      role,
      target: targetPath.join('/'),
      targetPath,
      exists: role !== null,
      renamed: targetPath.some(segment => segment.includes('-'))
        ? {
            code: 'TARGET_FOLDER_RENAMED',
            details: { folder: path.at(-1) ?? '', name: targetPath.at(-1) ?? '' },
          }
        : null,
      messages: messages ?? 0,
      octets: octets ?? 0,
      done: 0,
    };
  }),
  messages: sampleTotals.messages,
  octets: sampleTotals.octets,
  limits: {
    maxMessageBytes: 50_000_000,
    maxLineOctets: null,
    quota: { usedBytes: 120_000_000, limitBytes: 25_000_000_000 },
  },
  refusals: [],
  repaired: [],
  duplicates: { messages: 0, octets: 0, sent: 'one', listed: [] },
  lostKeywords: [],
  warnings: [],
  estimate: null,
  quotaProblem: null,
};

export const planWithRefusals: UploadPlan = {
  ...samplePlan,
  refusals: [
    {
      folder: ['Lavoro', 'Delibere 2024'],
      number: 212,
      subject: 'Planimetrie definitive del lotto 2 (allegati in alta risoluzione)',
      octets: 61_300_000,
      problem: { code: 'TARGET_MESSAGE_TOO_LARGE', details: { sizeBytes: 61_300_000, limitBytes: 50_000_000 } },
      remedy: 'archive',
    },
    {
      folder: ['Protocollo'],
      number: 14,
      subject: null,
      octets: 48_200,
      problem: { code: 'TARGET_LINE_TOO_LONG', details: { octets: 12_004 } },
      remedy: 'repair',
    },
  ],
  lostKeywords: [{ keyword: 'Urgente', folder: ['Lavoro'], messages: 31 }],
  warnings: [{ problem: { code: 'TARGET_TOO_MANY_FOLDERS', details: {} }, folder: null }],
  estimate: { seconds: 3200, messagesPerSecond: 4, basis: 'permitted' },
};

/** A PST was brought in beside the mailbox. */
export const planWithDuplicates: UploadPlan = {
  ...samplePlan,
  duplicates: {
    messages: 1204,
    octets: 310_000_000,
    sent: 'one',
    listed: [
      {
        folder: ['Archivio Outlook', 'Posta in arrivo'],
        number: 17,
        subject: 'Convocazione del consiglio comunale',
        by: { folder: ['Posta in arrivo'], number: 212 },
        why: 'original',
      },
      {
        folder: ['Archivio Outlook', 'Posta inviata'],
        number: 4,
        subject: null,
        by: { folder: ['Inviata'], number: 88 },
        why: 'there',
      },
    ],
  },
};

export const planTooSmall: UploadPlan = {
  ...samplePlan,
  limits: { ...samplePlan.limits, quota: { usedBytes: 120_000_000, limitBytes: 2_000_000_000 } },
  quotaProblem: { code: 'TARGET_QUOTA', details: { usedBytes: 120_000_000, limitBytes: 2_000_000_000 } },
};

/** To a mailbox that takes contacts and calendars, changes some of them, and asks before it takes rules. */
export const planWithItems: UploadPlan = {
  ...samplePlan,
  items: [
    {
      ...{ kind: 'contact', folder: ['Rubrica'], name: 'Contatti', exists: true, items: 312, done: 12, fate: 'upload' },
      changed: [{ field: 'instant-message', fate: 'as-text', items: 4 }],
      refusals: [{ name: 'Zeno Rotto', problem: { code: 'ITEM_REFUSED', details: { item: 'Zeno Rotto' } } }],
    },
    {
      ...{ kind: 'event', folder: ['Calendario'], name: 'Calendario', exists: true, items: 1722, done: 0 },
      ...{ fate: 'upload', refusals: [] },
      changed: [
        { field: 'participant', fate: 'as-text', items: 230 },
        { field: 'attachment', fate: 'left-out', items: 3 },
      ],
    },
    {
      ...{ kind: 'file', folder: ['Briefcase'], name: '', exists: false, items: 14, done: 0, fate: 'by-hand' },
      ...{ changed: [], refusals: [] },
    },
    {
      ...{ kind: 'rule', folder: ['Regole'], name: '', exists: false, items: 2, done: 0, fate: 'needs-consent' },
      ...{ changed: [], refusals: [] },
      settings: { added: ['Fatture (2)', 'Spenta'], present: ['Capo'], theirs: ['Fatture', 'Newsletter'] },
    },
    {
      ...{ kind: 'signature', folder: ['Firme'], name: '', exists: false, items: 2, done: 0, fate: 'needs-consent' },
      ...{ changed: [], refusals: [] },
      settings: { added: ['Ufficio'], present: [], theirs: [] },
    },
  ],
};
