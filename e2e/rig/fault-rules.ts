import type { SeededRandom } from './seeded-random.ts';

/**
 * What a rule does to a connection.
 * - `cut`: both sides see an orderly end (FIN) after the octets already passed on.
 * - `reset`: both sides see a reset (RST), which may also destroy octets under way.
 * - `freeze`: nothing passes any more in either direction and nobody is told: a half-open line.
 * - `answer`: the client gets `TAG ` + this text, e.g. `NO [OVERQUOTA] Casella piena`, in its turn.
 * - `bye`: the client gets `* BYE ` + this text, then both sides are cut.
 */
export type FaultAction = 'cut' | 'reset' | 'freeze' | { readonly answer: string } | { readonly bye: string };

/** When a rule acts. `match` is tested against the command without its tag, e.g. `/^UID FETCH/i`; default: any. */
export type FaultTrigger =
  /** A client connected; the server has not been dialled yet. */
  | { readonly at: 'connect'; readonly action: Exclude<FaultAction, { readonly answer: string }> }
  /** A command arrived from the client; unless it freezes, the server never sees it. */
  | { readonly at: 'command'; readonly match?: RegExp; readonly action: FaultAction }
  /** The server has done the command and said so; the client does not hear it. */
  | { readonly at: 'reply'; readonly match?: RegExp; readonly action: FaultAction }
  /** Inside a literal the server sends: a message under download. */
  | LiteralTrigger<'server-literal'>
  /** Inside a message that the client appends; each of a MULTIAPPEND counts. */
  | LiteralTrigger<'append-literal'>;

interface LiteralTrigger<At extends string> {
  readonly at: At;
  /** Octets of the literal that still pass: 0 for none, the size or more for all of it and nothing after. */
  readonly byte: number | 'random';
  /** Smaller literals do not count, e.g. to leave header fetches alone. Octets. */
  readonly minSize?: number;
  readonly action: 'cut' | 'reset' | 'freeze';
}

export type FaultRule = FaultTrigger & {
  /** Acts from the n-th occasion on, counted from 1 over all connections. Default: 1. */
  readonly nth?: number;
  /** How often it acts in all. Default: 1, or without bound where `probability` is given. */
  readonly times?: number;
  /** Acts on each occasion with this chance, drawn from the proxy's seed. */
  readonly probability?: number;
};

/** A rule at work. */
export interface ActiveFault {
  readonly rule: FaultRule;
  /** Occasions seen so far: literals begun, commands or replies that matched. */
  readonly occasions: number;
  /** How often it acted. */
  readonly fired: number;
  /** Takes the rule out; its figures stay. */
  remove(): void;
}

export type FaultPoint = FaultTrigger['at'];

/** The rules of one proxy, shared by its connections. */
export interface FaultBook {
  add(rule: FaultRule): ActiveFault;
  clear(): void;
  /** Counts an occasion for every rule at this point and returns the first that acts, or null. */
  occasion<At extends FaultPoint>(at: At, subject: FaultSubject): Extract<FaultRule, { at: At }> | null;
}

export interface FaultSubject {
  /** The command without its tag; empty for `connect`. */
  readonly command?: string;
  /** Octets of the literal. */
  readonly size?: number;
}

export function faultBook(random: SeededRandom): FaultBook {
  const active = new Set<ActiveFault & { occasions: number; fired: number }>();
  return {
    add(rule) {
      const fault = { rule, occasions: 0, fired: 0, remove: () => void active.delete(fault) };
      active.add(fault);
      return fault;
    },
    clear() {
      active.clear();
    },
    occasion<At extends FaultPoint>(at: At, subject: FaultSubject) {
      let chosen: FaultRule | null = null;
      for (const fault of active) {
        if (fault.rule.at !== at || !concerns(fault.rule, subject)) continue;
        fault.occasions += 1;
        if (chosen !== null || !isDue(fault, random)) continue;
        fault.fired += 1;
        chosen = fault.rule;
      }
      return chosen as Extract<FaultRule, { at: At }> | null;
    },
  };
}

function concerns(rule: FaultRule, { command = '', size = 0 }: FaultSubject): boolean {
  if ('match' in rule) return rule.match.test(command);
  if ('minSize' in rule) return size >= (rule.minSize ?? 0);
  return true;
}

function isDue(fault: ActiveFault, random: SeededRandom): boolean {
  const { nth = 1, probability, times = probability === undefined ? 1 : Infinity } = fault.rule;
  if (fault.occasions < nth || fault.fired >= times) return false;
  return probability === undefined || random.chance(probability);
}
