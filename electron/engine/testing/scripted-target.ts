import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { FolderRole } from '../../../shared/model/folder.ts';
import type { MessageAttributes } from '../../../shared/model/message.ts';
import { messageIdentity } from '../message/identity.ts';
import type { AppendOutcome, MailTarget, OutgoingMessage, TargetFolder, TargetLimits } from '../targets/mail-target.ts';

export interface StoredMessage extends MessageAttributes {
  readonly key: number;
  readonly octets: Buffer;
}

export interface ScriptedTargetFolder {
  generation: string;
  role: FolderRole | null;
  selectable: boolean;
  nextKey: number;
  messages: StoredMessage[];
}

/** What happens to a message that is sent. */
export type AppendFate =
  | 'stored'
  /** It arrives, and the line dies before the answer. */
  | 'reply-lost'
  /** The line dies before it arrives. */
  | 'line-lost'
  | Problem;

export interface TargetScript {
  /** Whether the server tells the key of what it stored (UIDPLUS). */
  tellsKeys?: boolean;
  keepsBytes?: boolean;
  limits?: Partial<TargetLimits>;
  /** Decides about each message sent; `attempt` counts all messages ever sent, from 1. */
  fate?: (message: OutgoingMessage, attempt: number, folder: string) => AppendFate;
  /** What the server makes of the octets it is given. */
  rewrite?: (octets: Buffer) => Buffer;
  /** Names this server refuses to create. */
  refusesFolder?: (name: string) => boolean;
  /** Folders it lists and does not open. */
  closedFolders?: readonly string[];
  keepsKeyword?: (keyword: string) => boolean;
}

export interface ScriptedTarget {
  readonly connect: () => Promise<MailTarget>;
  readonly folders: Map<string, ScriptedTargetFolder>;
  readonly sent: number;
  readonly inventoried: number;
  /** Puts a folder there, with messages some other program brought. */
  add(name: string, octets: readonly string[], role?: FolderRole): ScriptedTargetFolder;
  /** The octets a folder holds, sorted, for comparing multisets. */
  holds(name: string): string[];
}

export const targetAccount = 'imap://anna@new';

/** A server in memory, with `/` between the levels of its folders and names that ignore case. */
export function scriptedTarget(script: TargetScript = {}): ScriptedTarget {
  const folders = new Map<string, ScriptedTargetFolder>([['INBOX', emptyFolder('inbox')]]);
  const state = { sent: 0, inventoried: 0 };
  return {
    folders,
    get sent() {
      return state.sent;
    },
    get inventoried() {
      return state.inventoried;
    },
    connect: () => Promise.resolve(openTarget(script, folders, state)),
    add: (name, octets, role) => {
      const folder = emptyFolder(role ?? null);
      for (const each of octets)
        store(folder, { internalDate: null, flags: [], keywords: [] }, Buffer.from(each, 'latin1'));
      folders.set(name, folder);
      return folder;
    },
    holds: name => (folders.get(name)?.messages ?? []).map(({ octets }) => octets.toString('latin1')).sort(),
  };
}

function emptyFolder(role: FolderRole | null): ScriptedTargetFolder {
  return { generation: '7', role, selectable: true, nextKey: 1, messages: [] };
}

function store(folder: ScriptedTargetFolder, attributes: MessageAttributes, octets: Buffer): number {
  const { internalDate, flags, keywords } = attributes;
  const key = folder.nextKey;
  folder.nextKey += 1;
  folder.messages.push({ key, octets, internalDate, flags, keywords });
  return key;
}

function openTarget(
  script: TargetScript,
  folders: Map<string, ScriptedTargetFolder>,
  state: { sent: number; inventoried: number },
): MailTarget {
  return {
    account: targetAccount,
    keepsBytes: script.keepsBytes ?? true,
    listFolders: () =>
      Promise.resolve(
        [...folders].map(([name, { role, selectable }]) => ({ name, path: name.split('/'), role, selectable })),
      ),
    limits: () =>
      Promise.resolve({ maxMessageBytes: null, maxLineOctets: null, nulAllowed: true, quota: null, ...script.limits }),
    nameFor: path => {
      const segments = path.map(segment => segment.replaceAll('/', '-'));
      const changed = segments.some((segment, index) => segment !== path[index]);
      return { name: segments.join('/'), renamed: changed ? { reason: 'illegal-characters' } : null };
    },
    nameKey: name => name.toLowerCase(),
    createFolder: name => {
      if (script.refusesFolder?.(name) === true)
        return Promise.reject(new TravasoError('TARGET_FOLDER_REFUSED', { name }));
      if (!folders.has(name)) folders.set(name, emptyFolder(null));
      return Promise.resolve();
    },
    openFolder: name => {
      const folder = folders.get(name);
      if (folder === undefined || script.closedFolders?.includes(name) === true) {
        return Promise.reject(new TravasoError('TARGET_FOLDER_VANISHED', { folder: name }));
      }
      return Promise.resolve(openFolder(script, name, folder, state));
    },
    close: () => Promise.resolve(),
  };
}

function openFolder(
  script: TargetScript,
  name: string,
  folder: ScriptedTargetFolder,
  state: { sent: number; inventoried: number },
): TargetFolder {
  const mark = folder.nextKey;
  let raised = mark;
  return {
    generation: folder.generation,
    messages: folder.messages.length,
    acceptsKeyword: keyword => script.keepsKeyword?.(keyword) ?? true,
    mark: () => String(raised),
    async *inventory(since) {
      for (const { key, octets, internalDate, flags, keywords } of [...folder.messages]) {
        if (since !== null && key < Number(since)) continue;
        state.inventoried += 1;
        const identity = messageIdentity(octets);
        yield await Promise.resolve([
          { key: String(key), size: octets.length, identity, internalDate, flags, keywords },
        ]);
      }
    },
    async *append(messages) {
      for (const [index, message] of messages.entries()) {
        state.sent += 1;
        const outcome = await appendOne(script, name, folder, message, { index, attempt: state.sent });
        if (outcome.kind === 'stored' && outcome.key !== null) raised = Math.max(raised, Number(outcome.key) + 1);
        yield outcome;
      }
    },
    async *fetch(keys) {
      for (const { key, octets } of [...folder.messages]) {
        if (!keys.includes(String(key))) continue;
        yield await Promise.resolve({ key: String(key), body: once(octets) });
      }
    },
  };
}

async function appendOne(
  script: TargetScript,
  name: string,
  folder: ScriptedTargetFolder,
  message: OutgoingMessage,
  { index, attempt }: { index: number; attempt: number },
): Promise<AppendOutcome> {
  const pieces: Buffer[] = [];
  for await (const piece of message.body()) pieces.push(piece);
  const octets = Buffer.concat(pieces);
  const fate = script.fate?.(message, attempt, name) ?? 'stored';
  if (typeof fate === 'object') return { index, kind: 'refused', problem: fate };
  if (fate === 'line-lost') throw new TravasoError('CONNECTION_LOST', {});
  const key = store(folder, message, script.rewrite?.(octets) ?? octets);
  if (fate === 'reply-lost') throw new TravasoError('CONNECTION_LOST', {});
  return { index, kind: 'stored', key: script.tellsKeys === false ? null : String(key) };
}

async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(octets);
}
