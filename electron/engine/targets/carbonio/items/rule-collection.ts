import * as z from 'zod';
import { TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import { recordOf, recordsOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import type { OutgoingItem, PreparedItem, ReadItem, TargetItemCollection } from '../../item-target.ts';
import type { MailboxFolders } from '../mailbox-folders.ts';
import { busyError, demand, read } from '../read.ts';
import type { TagBook } from '../tag-book.ts';
import { faultBehind } from './contact-collection.ts';
import { parseRuleFile, ruleContent, ruleName, ruleReferences } from './filter-rules.ts';
import type { RuleDirection, RuleFile } from './filter-rules.ts';
import { readItemRefusal } from './item-refusal.ts';
import { mergeRules } from './rule-merge.ts';

export interface RuleParts {
  readonly session: SoapSession;
  readonly tags: TagBook;
  readonly folders: MailboxFolders;
}

const requests = {
  incoming: { get: 'GetFilterRulesRequest', set: 'ModifyFilterRulesRequest' },
  outgoing: { get: 'GetOutgoingFilterRulesRequest', set: 'ModifyOutgoingFilterRulesRequest' },
} as const;
const anyAnswer = z.record(z.string(), z.unknown());
const tries = 3;
const keySchema = z.object({ direction: z.enum(['incoming', 'outgoing']), names: z.array(z.string()) });

/** @throws ITEM_REFUSED where it is no list of rules */
export function prepareRules(item: OutgoingItem): PreparedItem {
  return { kept: fieldsOf(readRules(item).rules.map(rule => ['rule', ruleContent(rule)])), changed: [] };
}

/**
 * The filter rules of the mailbox. The server knows one list a direction, which each change replaces as a whole: so
 * theirs are sent back as they came, with ours behind them.
 */
export function ruleCollection({ session, tags, folders }: RuleParts): TargetItemCollection {
  const rulesOf = async (direction: RuleDirection, signal: AbortSignal): Promise<readonly JsonRecord[]> => {
    const answer = await demand(session, requests[direction].get, {}, anyAnswer, signal);
    return recordsOf(recordOf(answer['filterRules'])['filterRule']);
  };

  /** Adds to what is there at this moment. @throws SoapFault */
  const add = async (direction: RuleDirection, ours: readonly JsonRecord[], signal: AbortSignal): Promise<void> => {
    const theirs = await rulesOf(direction, signal);
    const { added } = mergeRules(theirs, ours);
    if (added.length === 0) return;
    const filterRules = [{ filterRule: [...theirs, ...added] }];
    await read(session, requests[direction].set, { filterRules }, anyAnswer, signal);
  };

  /** What a rule names must be there, or it does something else than it says. */
  const makeReferences = async (rules: readonly JsonRecord[], signal: AbortSignal): Promise<void> => {
    const references = rules.map(ruleReferences);
    await tags.namesFor(new Set(references.flatMap(each => each.tags)), signal);
    for (const path of new Set(references.flatMap(each => each.folders))) {
      await folders.create(path.replace(/^\/+|\/+$/g, ''), signal);
    }
  };

  /** Null when all of them are there. */
  const addAll = async (
    { direction, rules }: RuleFile,
    item: OutgoingItem,
    signal: AbortSignal,
  ): Promise<Problem | null> => {
    for (let tried = 1; ; tried += 1) {
      const details = { folder: item.name, kind: item.kind, name: rules.map(ruleName).join(', ') };
      try {
        await makeReferences(rules, signal);
        await add(direction, rules, signal);
        return null;
      } catch (error) {
        if (error instanceof TravasoError && error.code === 'TARGET_FOLDER_REFUSED') {
          return { code: 'ITEM_REFUSED', details: { ...details, reason: 'folder' } };
        }
        const fault = faultBehind(error);
        if (fault === null) throw error;
        if (busyError(fault) !== null && tried < tries) continue;
        const refusal = readItemRefusal(fault, details);
        if (refusal.concerns === 'session') throw refusal.error;
        return refusal.problem;
      }
    }
  };

  /** One that the server cannot express makes it refuse all: then each is tried by itself. */
  const putFile = async (file: RuleFile, item: OutgoingItem, signal: AbortSignal): Promise<Outcome> => {
    const before = mergeRules(await rulesOf(file.direction, signal), file.rules);
    const key = JSON.stringify({ direction: file.direction, names: before.names });
    if (before.added.length === 0) return { kind: 'present', key };
    const problem = await addAll(file, item, signal);
    if (problem === null) return { kind: 'stored', key };
    const refused: string[] = [];
    let reason = problem.details['reason'] ?? '';
    for (const rule of file.rules.length > 1 ? file.rules : []) {
      const alone = await addAll({ ...file, rules: [rule] }, item, signal);
      if (alone === null) continue;
      refused.push(ruleName(rule));
      reason = alone.details['reason'] ?? reason;
    }
    if (refused.length === 0 && file.rules.length > 1) return { kind: 'stored', key };
    const name = file.rules.length > 1 ? refused.join(', ') : file.rules.map(ruleName).join(', ');
    return { kind: 'refused', problem: { ...problem, details: { ...problem.details, name, reason } } };
  };

  return {
    async *inventory(signal) {
      for (const direction of ['incoming', 'outgoing'] as const) {
        const rules = await rulesOf(direction, signal);
        yield rules.map(rule => ({
          key: JSON.stringify({ direction, names: [ruleName(rule)] }),
          identity: null,
        }));
      }
    },

    async foresee(items, signal) {
      const added: string[] = [];
      const present: string[] = [];
      const theirs: string[] = [];
      const files = items.map(readRules);
      for (const direction of ['incoming', 'outgoing'] as const) {
        const there = await rulesOf(direction, signal);
        const ours = files.filter(file => file.direction === direction).flatMap(({ rules }) => rules);
        const merge = mergeRules(there, ours);
        const fresh = new Set(merge.added.map(ruleName));
        const same = merge.names.filter(name => !fresh.has(name));
        added.push(...fresh);
        present.push(...same);
        theirs.push(...there.map(ruleName).filter(name => !same.includes(name)));
      }
      return { added, present, theirs };
    },

    async *put(items, signal) {
      for (const [index, item] of items.entries()) yield { index, ...(await putFile(readRules(item), item, signal)) };
    },

    async *read(keys, signal) {
      for (const key of keys) yield await readOne(key, signal);
    },
  };

  async function readOne(key: string, signal: AbortSignal): Promise<ReadItem> {
    const { direction, names } = keySchema.parse(JSON.parse(key));
    const all = await rulesOf(direction, signal);
    const found = names.map(name => all.find(each => ruleName(each) === name)).filter(rule => rule !== undefined);
    if (found.length === 0 && names.length > 0) return { key, fields: null };
    return { key, fields: fieldsOf(found.map(rule => ['rule', ruleContent(rule)])) };
  }
}

type Outcome =
  | { readonly kind: 'stored' | 'present'; readonly key: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

function readRules({ octets, kind, name }: OutgoingItem): RuleFile {
  try {
    return parseRuleFile(octets);
  } catch (error) {
    throw new TravasoError('ITEM_REFUSED', { kind, name, reason: 'malformed' }, { cause: error });
  }
}
