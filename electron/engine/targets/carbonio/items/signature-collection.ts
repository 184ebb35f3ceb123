import { convert } from 'html-to-text';
import * as z from 'zod';
import type { Problem } from '../../../../../shared/errors.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { Log } from '../../../ports.ts';
import { attributeValues, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import { SoapFault } from '../../../zimbra/soap-session.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import type { OutgoingItem, PreparedItem, TargetItemCollection } from '../../item-target.ts';
import { busyError, demand, read } from '../read.ts';
import { faultBehind, isFull } from './contact-collection.ts';
import { freeName, isNameOf } from './filter-rules.ts';
import { readItemRefusal } from './item-refusal.ts';

export interface SignatureParts {
  readonly session: SoapSession;
  /** Characters of the longest signature; null for no limit. */
  readonly longest: number | null;
  readonly log: Log;
}

interface StoredSignature {
  readonly id: string;
  readonly name: string;
  readonly html: string | null;
  readonly text: string | null;
}

const anyAnswer = z.record(z.string(), z.unknown());
const tries = 3;
const defaultPreference = 'zimbraPrefDefaultSignatureId';

export function prepareSignature(item: OutgoingItem): PreparedItem {
  const [form, content] = [formOf(item), contentOf(item)];
  return { kept: fieldsOf([[form, form === 'text' ? wordsOf(content) : content]]), changed: [] };
}

/**
 * The signatures of the mailbox: those are added whose name and content are not there. Which of them is used, if any,
 * stays as it is, though the server would choose the first that comes by itself (LdapProvisioning.createSignature).
 */
export function signatureCollection({ session, longest, log }: SignatureParts): TargetItemCollection {
  const list = async (signal: AbortSignal): Promise<readonly StoredSignature[]> => {
    const answer = await demand(session, 'GetSignaturesRequest', {}, anyAnswer, signal);
    return recordsOf(answer['signature']).map(storedSignature);
  };

  const chosen = async (signal: AbortSignal): Promise<string> => {
    const answer = await demand(session, 'GetInfoRequest', { sections: 'prefs' }, anyAnswer, signal);
    return attributeValues(answer['prefs'], defaultPreference)[0] ?? '';
  };

  const keepChoice = async (before: string, signal: AbortSignal): Promise<void> => {
    if ((await chosen(signal)) === before) return;
    try {
      await read(session, 'ModifyPrefsRequest', { _attrs: { [defaultPreference]: before } }, anyAnswer, signal);
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      log.warn('carbonio.default-signature', { reason: error.code });
    }
  };

  const isTooLong = (item: OutgoingItem): boolean => longest !== null && contentOf(item).length > longest;

  const create = async (item: OutgoingItem, signal: AbortSignal): Promise<Outcome> => {
    const details = { folder: item.name, kind: item.kind, name: item.name };
    if (longest !== null && isTooLong(item)) {
      const problem = { code: 'ITEM_REFUSED', details: { ...details, reason: 'too-long', limit: longest } } as const;
      return { kind: 'refused', problem };
    }
    for (let tried = 1; ; tried += 1) {
      const there = await list(signal);
      const same = there.find(each => isSame(each, item));
      if (same !== undefined) return { kind: tried === 1 ? 'present' : 'stored', key: keyOf(same, item) };
      const name = freeName(nameOf(item), new Set(there.map(each => each.name)));
      const content = [{ type: typeOf(item), _content: contentOf(item) }];
      try {
        await read(session, 'CreateSignatureRequest', { signature: { name, content } }, anyAnswer, signal);
      } catch (error) {
        const fault = faultBehind(error);
        if (fault === null) throw error;
        const again = busyError(fault) !== null || fault.code === 'account.SIGNATURE_EXISTS';
        if (again && tried < tries) continue;
        const refusal = readItemRefusal(fault, details);
        if (refusal.concerns === 'session') throw refusal.error;
        return { kind: 'refused', problem: refusal.problem };
      }
    }
  };

  return {
    async *inventory(signal) {
      yield (await list(signal)).map(({ id }) => ({ key: id, identity: null }));
    },

    async foresee(items, signal) {
      const there = await list(signal);
      const all = [...there];
      const present = new Set<string>();
      const added: string[] = [];
      for (const item of items.filter(each => !isTooLong(each))) {
        // A signature is archived as a page and as text: once its page is there, so is its text.
        const same = all.find(each => isSame(each, item));
        if (same === undefined) {
          const name = freeName(nameOf(item), new Set(all.map(each => each.name)));
          const isPage = formOf(item) === 'html';
          all.push({ id: '', name, html: isPage ? contentOf(item) : null, text: isPage ? null : contentOf(item) });
          added.push(name);
        } else if (there.includes(same)) present.add(same.name);
      }
      const theirs = there.map(({ name }) => name).filter(name => !present.has(name));
      return { added, present: [...present], theirs };
    },

    async *put(items, signal) {
      const before = await chosen(signal);
      let full: Problem | null = null;
      try {
        for (const [index, item] of items.entries()) {
          const outcome: Outcome = full === null ? await create(item, signal) : { kind: 'refused', problem: full };
          if (outcome.kind === 'refused' && isFull(outcome.problem)) full = outcome.problem;
          yield { index, ...outcome };
        }
      } finally {
        await keepChoice(before, signal);
      }
    },

    async *read(keys, signal) {
      const there = new Map((await list(signal)).map(each => [each.id, each]));
      for (const key of keys) {
        const [, id = '', form = ''] = /^(.*)#(html|text)$/.exec(key) ?? [];
        const found = there.get(id);
        if (found === undefined) yield { key, fields: null };
        else if (form === 'html') yield { key, fields: fieldsOf([['html', found.html ?? '']]) };
        else yield { key, fields: fieldsOf([['text', wordsOf(textIn(found))]]) };
      }
    },
  };
}

type Outcome =
  | { readonly kind: 'stored' | 'present'; readonly key: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

function storedSignature(element: JsonRecord): StoredSignature {
  const contents = recordsOf(element['content']);
  const of = (type: string): string | null =>
    textOf(contents.find(content => textOf(content['type']) === type)?.['_content'] ?? null);
  const [id, name] = [textOf(element['id']) ?? '', textOf(element['name']) ?? ''];
  return { id, name, html: of('text/html'), text: of('text/plain') };
}

function isSame(stored: StoredSignature, item: OutgoingItem): boolean {
  if (!isNameOf(stored.name, nameOf(item))) return false;
  if (formOf(item) === 'text') return wordsOf(textIn(stored)) === wordsOf(contentOf(item));
  return plain(stored.html ?? '') === plain(contentOf(item));
}

function textIn({ text, html }: StoredSignature): string {
  return text ?? plainOf(html ?? '');
}

function plainOf(html: string): string {
  return convert(html, { wordwrap: false }).replace(/\n+$/, '');
}

/** Without the addresses that stand for pictures where a text was made of a page: here they are others, or none. */
function wordsOf(text: string): string {
  const words = plain(text).replaceAll(/\[(?:https?:|data:|cid:|doc:|\/)[^\]]*\]/g, '');
  return words
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .trim();
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();
}

function keyOf({ id }: StoredSignature, item: OutgoingItem): string {
  return `${id}#${formOf(item)}`;
}

function formOf({ mediaType }: OutgoingItem): 'html' | 'text' {
  return mediaType === 'text/html' ? 'html' : 'text';
}

function typeOf(item: OutgoingItem): string {
  return formOf(item) === 'html' ? 'text/html' : 'text/plain';
}

/** The archive ends each text with a line end of its own. */
function contentOf({ octets }: OutgoingItem): string {
  return octets.toString('utf8').replace(/\n+$/, '');
}

function nameOf({ name }: OutgoingItem): string {
  return name.trim() === '' ? 'Firma' : name.trim();
}
