import type { RecognisedMail } from '../../shared/model/recognised-mail.ts';
import type { WizardFile } from '../state/wizard.ts';

const backups = '/home/anna/Backup';

function sample(
  kind: RecognisedMail['kind'],
  name: string,
  scheme: string,
  more: Partial<WizardFile> = {},
): WizardFile {
  const path = `${backups}/${name}`;
  return {
    path,
    address: `${scheme}:${path}`,
    kind,
    name,
    program: null,
    variant: null,
    zipped: false,
    files: 1,
    octets: 1_732_000_000,
    ...more,
  };
}

/** Mail in files as it is recognised, by what people would call it. */
export const recognised = {
  outlook: sample('pst', 'backup.pst', 'pst', { program: 'outlook', variant: 'unicode' }),
  oldOutlook: sample('pst', 'posta 2001.pst', 'pst', { program: 'outlook', variant: 'ansi' }),
  thunderbird: sample('thunderbird-profile', 'k3x9.default-release', 'mbox', { program: 'thunderbird', files: 41 }),
  apple: sample('apple-mbox', 'Progetti.mbox', 'mbox', { program: 'apple-mail' }),
  mbox: sample('mbox', 'Posta in arrivo', 'mbox', { program: 'thunderbird' }),
  eml: sample('eml', 'Messaggi salvati', 'eml', { files: 2_817 }),
  maildir: sample('maildir', 'Maildir', 'maildir', { program: 'dovecot', files: 9_120 }),
  zimbra: sample('zimbra-tgz', 'anna.verdi-2026-11-20.tgz', 'tgz', { program: 'zimbra' }),
  contacts: sample('items', 'Rubrica.csv', 'items', { program: 'outlook', variant: 'csv', octets: 84_000 }),
  items: sample('items', 'I miei dati', 'items', { files: 4, octets: 1_960_000 }),
  zip: sample('eml', 'posta.zip', 'eml', { zipped: true, files: 312, octets: 48_000_000 }),
} as const;

export const outlookFile = recognised.outlook;
