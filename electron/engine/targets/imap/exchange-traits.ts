import type { FolderPath } from '../../../../shared/model/folder.ts';
import { survivingIdentity } from '../../message/surviving-identity.ts';
import type { ServerTraits } from './server-traits.ts';

export interface ExchangeSettings {
  /** What the administrator allows, in octets (`MaxReceiveSize`); without it the service's own 35 MB. */
  readonly maxMessageBytes?: number | undefined;
  /** Names of folders at the top that hold no mail, where a better source than their names knows them. */
  readonly nonMailFolders?: readonly string[] | undefined;
}

/**
 * Exchange Online and Exchange Server over IMAP:
 *
 * - Messages are taken apart into properties and rebuilt when read, RFC822.SIZE is a guess made before that
 *   (19,189 for 6,298 octets was seen): neither octets nor sizes prove anything.
 * - Some tenants announce IMAP4rev2 since September 2026 and then answer SEARCH wrongly; MULTIAPPEND, COMPRESS and the
 *   like have never been there. Only what has worked for years is used.
 * - `\Flagged` in APPEND can vanish in Outlook. `$MDNSent` is in PERMANENTFLAGS and becomes a category.
 * - Lines over about 10,239 octets, NUL octets and raw 8-bit header fields end in "BAD Command Argument Error. 11",
 *   as does any keyword; after about ten errors the server hangs up.
 */
export function exchangeTraits(settings: ExchangeSettings = {}): ServerTraits {
  const nonMail = new Set([...nonMailNames, ...(settings.nonMailFolders ?? [])].map(plain));
  return {
    keepsBytes: false,
    tellsTrueSize: false,
    trustedCapabilities: new Set([
      'LITERAL+',
      'UIDPLUS',
      'NAMESPACE',
      'ID',
      'CHILDREN',
      'MOVE',
      'APPENDLIMIT',
      'QUOTA',
    ]),
    lateFlags: ['\\Flagged'],
    neverSent: new Set(['$mdnsent']),
    maxMessageBytes: settings.maxMessageBytes ?? 35 * 1024 * 1024,
    maxLineOctets: 10_239,
    takesEightBitHeader: false,
    // It has no QUOTA, and says [TRYCREATE] of a folder that is gone.
    tellsCauseWhenAsked: false,
    errorsPerConnection: 9,
    mergesCase: true,
    maxFolders: 10_000,
    maxMessagesPerFolder: 1_000_000,
    permittedRate: 4,
    // One of the same name further down was made by a person, for mail.
    holdsMail: (path: FolderPath) => path.length > 1 || !nonMail.has(plain(path[0] ?? '')),
    identityOf: survivingIdentity,
  };
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase().trim();
}

/** IMAP shows these beside the mail folders, in the language the mailbox was first opened in, without an attribute. */
// prettier-ignore
const nonMailNames = [
  'Calendar', 'Contacts', 'Tasks', 'Notes', 'Journal', 'Sync Issues', 'Conversation History', 'Outbox',
  'Calendario', 'Contatti', 'Attività', 'Note', 'Diario', 'Problemi di sincronizzazione', 'Cronologia conversazioni',
  'Posta in uscita',
  'Kalender', 'Kontakte', 'Aufgaben', 'Notizen', 'Synchronisierungsprobleme', 'Aufgezeichnete Unterhaltungen',
  'Postausgang',
  'Calendrier', 'Tâches', 'Problèmes de synchronisation', 'Historique des conversations', 'Boîte d’envoi',
  'Contactos', 'Tareas', 'Notas', 'Problemas de sincronización', 'Historial de conversaciones', 'Bandeja de salida',
];
