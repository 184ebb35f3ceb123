import type { FolderPath, FolderRole } from '../../shared/model/folder.ts';
import type { SurveyedFolder } from '../../shared/model/mailbox.ts';

const sizes: readonly (readonly [path: FolderPath, role: FolderRole | null, messages: number, octets: number])[] = [
  [['Posta in arrivo'], 'inbox', 4321, 812_400_000],
  [['Inviata'], 'sent', 2890, 640_200_000],
  [['Bozze'], 'drafts', 14, 2_100_000],
  [['Posta indesiderata'], 'junk', 212, 9_800_000],
  [['Cestino'], 'trash', 133, 21_700_000],
  [['Lavoro'], null, 310, 74_300_000],
  [['Lavoro', 'Delibere 2024'], null, 928, 402_700_000],
  [['Lavoro', 'Delibere 2025'], null, 1204, 533_100_000],
  [['Lavoro', 'Progetti'], null, 655, 318_900_000],
  [['Lavoro', 'Progetti', 'Qualità dell’aria'], null, 77, 40_300_000],
  [['Lavoro', 'Progetti', 'Ponte / Lotto 2'], null, 51, 61_200_000],
  [['Personale'], null, 96, 12_600_000],
  [['Protocollo'], null, 1876, 955_000_000],
  [['Sindacato'], null, 42, 3_900_000],
];

export const sampleFolders: readonly SurveyedFolder[] = sizes.map(([path, role, messages, octets]) => ({
  path: [...path],
  role,
  selectable: true,
  messages,
  octets,
}));

export const sampleTotals = {
  messages: sizes.reduce((sum, [, , messages]) => sum + messages, 0),
  octets: sizes.reduce((sum, [, , , octets]) => sum + octets, 0),
};

/** A mailbox as some people keep it: deep, and a folder for everything. */
export function manyFolders(count: number): SurveyedFolder[] {
  return Array.from({ length: count }, (_, index) => ({
    path:
      index % 20 === 0
        ? [`Pratica ${1 + index / 20}`]
        : [`Pratica ${1 + Math.floor(index / 20)}`, `Fascicolo ${index % 20}`],
    role: null,
    selectable: true,
    messages: (index * 37) % 400,
    octets: ((index * 37) % 400) * 81_000,
  }));
}
