import { createHash } from 'node:crypto';
import type { Problem } from '../../../../../shared/errors.ts';
import type { FolderPath } from '../../../../../shared/model/folder.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import { attributeValues, recordOf, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import type { ItemContent, SourceItem } from '../../item-source.ts';
import { ask, isRefused, notListed } from './ask.ts';
import { once } from './once.ts';
import { describeRules } from './describe-rules.ts';
import { signatureItems } from './signature-items.ts';

/** Files about the account itself, in a folder that the archive has and the mailbox has not. */
export interface AccountFolder {
  readonly kind: ItemKind;
  readonly path: FolderPath;
  readonly changeMark: string;
  readonly items: readonly SourceItem[];
}

const directions = [
  { name: 'incoming', title: 'Regole per la posta in arrivo', request: 'GetFilterRulesRequest' },
  { name: 'outgoing', title: 'Regole per la posta inviata', request: 'GetOutgoingFilterRulesRequest' },
] as const;

/**
 * Filter rules, signatures, identities and the absence notice, as plain files: JSON as the server gives it, for whoever
 * puts them back, and beside it what a person can read. No password is among them: the server keeps those elsewhere.
 */
export async function readAccountItems(
  session: SoapSession,
  signal: AbortSignal,
): Promise<{ readonly folders: readonly AccountFolder[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const rules: SourceItem[] = [];
  for (const { name, title, request } of directions) {
    const answer = await ask(session, { name: request }, signal);
    if (isRefused(answer)) problems.push(notListed(answer, 'rule'));
    else rules.push(...ruleItems(name, title, recordsOf(recordOf(answer['filterRules'])['filterRule'])));
  }
  const sections = { sections: 'prefs,attrs,idents,sigs' };
  const info = await ask(session, { name: 'GetInfoRequest', namespace: 'urn:zimbraAccount', body: sections }, signal);
  if (isRefused(info))
    return { folders: folderOf('rule', ['Regole'], rules), problems: [...problems, notListed(info)] };
  const signatures = recordsOf(recordOf(info['signatures'])['signature']);
  return {
    folders: [
      ...folderOf('rule', ['Regole'], rules),
      ...folderOf('signature', ['Firme'], signatureItems(session, signatures)),
      ...folderOf('settings', ['Impostazioni'], settingsItems(session, info)),
    ],
    problems,
  };
}

function folderOf(kind: ItemKind, path: FolderPath, items: readonly SourceItem[]): readonly AccountFolder[] {
  if (items.length === 0) return [];
  return [{ kind, path, items, changeMark: hashOf(items.map(({ key, mark }) => `${key} ${mark ?? ''}`).join('\n')) }];
}

function ruleItems(direction: string, title: string, rules: readonly JsonRecord[]): readonly SourceItem[] {
  if (rules.length === 0) return [];
  const name = `${title} (${rules.length})`;
  return [
    textItem(`${direction}.json`, name, 'json', json({ version: 1, direction, rules })),
    textItem(`${direction}.txt`, name, 'txt', describeRules(title, rules)),
  ];
}

/** From whom the person writes, and what is answered while they are away. */
function settingsItems(session: SoapSession, info: JsonRecord): readonly SourceItem[] {
  const preference = (name: string): string | null => attributeValues(info['prefs'], name)[0] ?? null;
  const identities = recordsOf(recordOf(info['identities'])['identity']).map(identity => ({
    name: textOf(identity['name']) ?? '',
    attributes: recordOf(identity['_attrs']),
  }));
  const written = {
    version: 1,
    address: textOf(info['name']) ?? session.identity,
    aliases: [...attributeValues(info['attrs'], 'zimbraMailAlias')].sort(),
    identities,
    signatures: {
      ofNewMessages: preference('zimbraPrefDefaultSignatureId'),
      ofReplies: preference('zimbraPrefForwardReplySignatureId'),
    },
    forwarding: { to: preference('zimbraPrefMailForwardingAddress') },
    timeZone: preference('zimbraPrefTimeZoneId'),
    locale: preference('zimbraPrefLocale'),
  };
  const reply = preference('zimbraPrefOutOfOfficeReply');
  const externalReply = preference('zimbraPrefOutOfOfficeExternalReply');
  const absence = {
    version: 1,
    enabled: preference('zimbraPrefOutOfOfficeReplyEnabled') === 'TRUE',
    from: preference('zimbraPrefOutOfOfficeFromDate'),
    until: preference('zimbraPrefOutOfOfficeUntilDate'),
    reply,
    externalReplyEnabled: preference('zimbraPrefOutOfOfficeExternalReplyEnabled') === 'TRUE',
    externalReply,
  };
  const texts = [reply, externalReply].filter(text => text !== null && text !== '').join('\n\n----\n\n');
  return [
    textItem('identities.json', 'Identità e indirizzi', 'json', json(written)),
    ...(texts === ''
      ? []
      : [
          textItem('absence.json', 'Risposta di assenza', 'json', json(absence)),
          textItem('absence.txt', 'Risposta di assenza', 'txt', `${texts}\n`),
        ]),
  ];
}

const mediaTypes = { json: 'application/json', txt: 'text/plain', html: 'text/html' } as const;

/** A file whose text is known already; it is its own mark. */
export function textItem(key: string, name: string, extension: keyof typeof mediaTypes, text: string): SourceItem {
  const content = (): ItemContent => {
    const octets = once(Buffer.from(text, 'utf8'));
    return { name, extension, mediaType: mediaTypes[extension], octets, problem: null };
  };
  return { key, mark: hashOf(text), read: () => Promise.resolve(content()) };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
