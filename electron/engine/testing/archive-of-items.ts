import type { ItemKind } from '../../../shared/model/item.ts';
import type { ItemSource } from '../sources/item-source.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { scriptedSource } from './scripted-source.ts';
import type { ScriptedFolder, ScriptedSource } from './scripted-source.ts';
import { archivePlace, backUp } from './test-archive.ts';

export interface GivenItems {
  readonly kind: ItemKind;
  readonly path: readonly string[];
  /** By key: the file's text, or its octets. */
  readonly items: Readonly<Record<string, string | Buffer>>;
  /** By key; else the key. */
  readonly names?: Readonly<Record<string, string>>;
}

const forms: Readonly<Record<ItemKind, readonly [extension: string, mediaType: string]>> = {
  contact: ['vcf', 'text/vcard'],
  event: ['ics', 'text/calendar'],
  task: ['ics', 'text/calendar'],
  note: ['txt', 'text/plain'],
  file: ['bin', 'application/octet-stream'],
  rule: ['txt', 'text/plain'],
  signature: ['html', 'text/html'],
  settings: ['txt', 'text/plain'],
};

/** A mailbox that holds these items beside mail. */
export function sourceOfItems(given: readonly GivenItems[], mail: readonly ScriptedFolder[] = []): ScriptedSource {
  const mailbox = scriptedSource({ folders: mail });
  const items: ItemSource = {
    listFolders: () =>
      Promise.resolve({
        folders: given.map(({ kind, path, items: held }) => ({
          ...{ kind, path, items: Object.keys(held).length, changeMark: null },
        })),
        problems: [],
      }),
    async *open({ kind, path }) {
      const folder = given.find(each => each.kind === kind && each.path.join() === path.join());
      const [extension, mediaType] = forms[kind];
      for (const [key, content] of Object.entries(folder?.items ?? {})) {
        const name = folder?.names?.[key] ?? key;
        const read = () =>
          Promise.resolve({ name, extension, mediaType, octets: once(Buffer.from(content)), problem: null });
        yield await Promise.resolve({ key, mark: null, read });
      }
    },
  };
  const connect = async (): Promise<MailSource> => ({ ...(await mailbox.connect()), items });
  return { ...mailbox, connect };
}

/** An archive of these items. */
export async function archiveOfItems(
  given: readonly GivenItems[],
  { root = archivePlace(), mail = [] }: { readonly root?: string; readonly mail?: readonly ScriptedFolder[] } = {},
): Promise<string> {
  const { status, problem } = await backUp(root, sourceOfItems(given, mail));
  if (status !== 'succeeded') throw new Error(`the archive to test with was not made: ${problem?.code ?? status}`);
  return root;
}

async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(octets);
}

export function vcard(...lines: readonly string[]): string {
  return ['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n');
}

export function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}
