import type { JsonRecord } from '../../../zimbra/json-values.ts';
import { freeName, isNameOf, ruleContent, ruleName } from './filter-rules.ts';

export interface RuleMerge {
  /** Ours that are not there, under the names they get. */
  readonly added: readonly JsonRecord[];
  /** The names at the target of all of ours, in our order. */
  readonly names: readonly string[];
}

/**
 * Which of our rules are to be added to theirs. One of theirs with the same name and content is ours already; one with
 * the same name that does something else stays as it is, and ours gets a name of its own beside it.
 */
export function mergeRules(theirs: readonly JsonRecord[], ours: readonly JsonRecord[]): RuleMerge {
  const taken = new Set(theirs.map(ruleName));
  const left = [...theirs];
  const added: JsonRecord[] = [];
  const names = ours.map(rule => {
    const name = ruleName(rule);
    const same = left.findIndex(each => isNameOf(ruleName(each), name) && ruleContent(each) === ruleContent(rule));
    // Two of ours that are equal stand for two of theirs.
    const there = same < 0 ? undefined : left.splice(same, 1)[0];
    if (there !== undefined) return ruleName(there);
    const free = freeName(name, taken);
    taken.add(free);
    added.push({ ...rule, name: free });
    return free;
  });
  return { added, names };
}
