import type { FolderRole } from '../../../shared/model/folder.ts';

/** RFC 6154 attributes, and those of XLIST, which Zimbra and older Gmail use instead. */
const attributeRoles: Readonly<Record<string, FolderRole>> = {
  '\\inbox': 'inbox',
  '\\drafts': 'drafts',
  '\\sent': 'sent',
  '\\junk': 'junk',
  '\\spam': 'junk',
  '\\trash': 'trash',
  '\\archive': 'archive',
};

/** What mail programs have called these folders, lower case. Consulted only where the server says nothing. */
// prettier-ignore
const nameRoles: Readonly<Record<Exclude<FolderRole, 'inbox'>, readonly string[]>> = {
  drafts: ['drafts', 'draft', 'bozze', 'brouillons', 'entwürfe', 'borradores', 'rascunhos'],
  sent: [
    'sent', 'sent items', 'sent mail', 'sent messages', 'posta inviata', 'inviata', 'inviati', 'messaggi inviati',
    'elementi inviati', 'envoyés', 'éléments envoyés', 'gesendet', 'gesendete elemente', 'enviados',
    'elementos enviados',
  ],
  junk: [
    'junk', 'junk e-mail', 'junk email', 'junk mail', 'spam', 'bulk mail', 'posta indesiderata', 'indesiderata',
    'courrier indésirable', 'indésirables', 'junk-e-mail', 'unerwünscht', 'correo no deseado',
  ],
  trash: [
    'trash', 'deleted items', 'deleted messages', 'deleted', 'bin', 'cestino', 'posta eliminata', 'eliminata',
    'elementi eliminati', 'messaggi eliminati', 'corbeille', 'éléments supprimés', 'papierkorb', 'gelöschte elemente',
    'papelera', 'elementos eliminados',
  ],
  archive: ['archive', 'archives', 'archivio', 'archivi', 'archiv', 'archivo'],
};

/** The role a server gives by LIST or XLIST attributes; null when it gives none. */
export function roleByAttributes(attributes: Iterable<string>): FolderRole | null {
  for (const attribute of attributes) {
    const role = attributeRoles[attribute.toLowerCase()];
    if (role !== undefined) return role;
  }
  return null;
}

/** The role a name suggests; null for any other name. `INBOX` is not among them: RFC 3501 singles it out by itself. */
export function roleByName(name: string): FolderRole | null {
  const plain = name.normalize('NFC').toLowerCase().trim();
  for (const [role, names] of Object.entries(nameRoles)) {
    if (names.includes(plain)) return role as FolderRole;
  }
  return null;
}
