import * as z from 'zod';
import { isRecord, recordOf, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';

export type RuleDirection = 'incoming' | 'outgoing';

/** A list of rules as the archive holds it, in the server's own words. */
export interface RuleFile {
  readonly direction: RuleDirection;
  readonly rules: readonly JsonRecord[];
}

const fileSchema = z.object({
  version: z.literal(1),
  direction: z.enum(['incoming', 'outgoing']),
  rules: z.array(z.record(z.string(), z.unknown())),
});

/** Throws where it is no such file. */
export function parseRuleFile(octets: Buffer): RuleFile {
  return fileSchema.parse(JSON.parse(octets.toString('utf8')));
}

export function ruleName(rule: JsonRecord): string {
  return textOf(rule['name']) ?? '';
}

/**
 * What a rule does, whatever it is called: equal for two that a server would not tell apart. The same element comes as
 * an object or as an array of one, a truth as a word or a number, and what is false is often left out.
 */
export function ruleContent(rule: JsonRecord): string {
  const { active, filterTests, filterActions } = rule as Record<string, unknown>;
  return JSON.stringify(normal({ active: active ?? false, filterTests, filterActions }));
}

function normal(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map(each => normal(each));
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([key, each]) => !isLeftOut(key, each));
    return Object.fromEntries(
      entries
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, each]) => [key, isRecord(each) ? [normal(each)] : normal(each, key)]),
    );
  }
  const text = textOf(value) ?? '';
  if (/^(?:true|1)$/i.test(text) && name !== 'index') return '1';
  if (/^(?:false|0)$/i.test(text) && name !== 'index') return '0';
  return name === 'folderPath' ? text.replace(/^\//, '') : text;
}

function isLeftOut(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return ['negative', 'caseSensitive'].includes(name) && /^(?:false|0)$/i.test(textOf(value) ?? '');
}

/** Folders and tags that a rule's actions name. */
export function ruleReferences(rule: JsonRecord): {
  readonly folders: readonly string[];
  readonly tags: readonly string[];
} {
  const actions = recordsOf(rule['filterActions']);
  const named = (action: string, attribute: string): readonly string[] =>
    actions
      .flatMap(each => recordsOf(recordOf(each)[action]))
      .flatMap(each => textOf(each[attribute]) ?? [])
      .filter(text => text !== '');
  return { folders: named('actionFileInto', 'folderPath'), tags: named('actionTag', 'tagName') };
}

/** `NAME`, or `NAME (2)` and so on where that is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
  return free;
}

/** Whether `name` is `base`, or what `freeName` made of it. */
export function isNameOf(name: string, base: string): boolean {
  return name === base || (name.startsWith(`${base} (`) && /^ \(\d+\)$/.test(name.slice(base.length)));
}
