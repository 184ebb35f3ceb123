import type { FaultBook } from './fault-rules.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Lets literals through up to the octet at which a rule acts. */
export interface LiteralGuard {
  /** A literal of this many octets is about to come. */
  begin(size: number): Promise<void>;
  /** The next piece of it, `offset` octets after its start. */
  pass(octets: Buffer, offset: number): Promise<void>;
}

export interface LiteralGuardParts {
  readonly at: 'server-literal' | 'append-literal';
  readonly faults: FaultBook;
  readonly random: SeededRandom;
  readonly send: (octets: Buffer) => Promise<void>;
  readonly act: (action: 'cut' | 'reset' | 'freeze') => Promise<void>;
  /** Resolves once the connection is no longer frozen. */
  readonly thawed: () => Promise<void>;
}

export function literalGuard({ at, faults, random, send, act, thawed }: LiteralGuardParts): LiteralGuard {
  let stopAt = Infinity;
  let action: 'cut' | 'reset' | 'freeze' = 'cut';

  const pass = async (octets: Buffer, offset: number): Promise<void> => {
    if (offset + octets.length < stopAt) {
      if (octets.length > 0) await send(octets);
      return;
    }
    const allowed = stopAt - offset;
    stopAt = Infinity;
    if (allowed > 0) await send(octets.subarray(0, allowed));
    await act(action);
    // After a cut nothing is sent any more; after a freeze and a thaw the rest goes on.
    await thawed();
    await send(octets.subarray(allowed));
  };
  return {
    async begin(size) {
      const rule = faults.occasion(at, { size });
      if (rule === null) {
        stopAt = Infinity;
        return;
      }
      stopAt = rule.byte === 'random' ? random.below(size + 1) : Math.min(rule.byte, size);
      action = rule.action;
      // At octet 0 there may be no first piece to wait for: an empty literal has none.
      if (stopAt === 0) await pass(Buffer.alloc(0), 0);
    },
    pass,
  };
}
