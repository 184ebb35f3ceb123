import type { FolderRole } from '../../../../../shared/model/folder.ts';

/**
 * Names that Outlook gives the standard folders. The store names some of them by id, but files made by "export" name
 * none, and the inbox is named by no property at all ([MS-PST] 2.4.3); for those the name at the top level decides.
 */
const names: Readonly<Record<FolderRole, readonly string[]>> = {
  inbox: [
    'inbox',
    'posta in arrivo',
    'boîte de réception',
    'posteingang',
    'bandeja de entrada',
    '受信トレイ',
    '收件箱',
  ],
  drafts: ['drafts', 'bozze', 'brouillons', 'entwürfe', 'borradores'],
  sent: [
    'sent items',
    'posta inviata',
    'éléments envoyés',
    'gesendete elemente',
    'gesendete objekte',
    'elementos enviados',
  ],
  junk: ['junk e-mail', 'junk email', 'posta indesiderata', 'courrier indésirable', 'junk-e-mail', 'correo no deseado'],
  trash: [
    'deleted items',
    'posta eliminata',
    'éléments supprimés',
    'gelöschte elemente',
    'gelöschte objekte',
    'elementos eliminados',
  ],
  archive: ['archive', 'archivio', 'archiv', 'archivo'],
};

export function roleOfName(name: string): FolderRole | null {
  const wanted = name.normalize('NFC').toLowerCase();
  for (const [role, known] of Object.entries(names)) if (known.includes(wanted)) return role as FolderRole;
  return null;
}
