import { eventSchema, outcomeOf, parseReply, type Outcome, type Wire, type WireEvent } from '../../../shared/wire.ts';
import { subscriptionCalls } from './message-server.ts';
import type { Port } from './port.ts';

const engineStopped: Outcome = { ok: false, problem: { code: 'ENGINE_STOPPED', details: {}, retryAfterMs: 0 } };

/**
 * The caller's end of a message transport. When the port closes, calls that wait for their reply come to
 * `ENGINE_STOPPED` and so does every later one: nobody waits for a process that is gone.
 */
export function connectOverPort(port: Port): Wire {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  const listeners = new Set<(event: WireEvent) => void>();
  let lastId = 0;
  let closed = false;

  const call = (method: string, input: unknown): Promise<Outcome> =>
    new Promise(resolve => {
      if (closed) {
        resolve(engineStopped);
        return;
      }
      const id = ++lastId;
      waiting.set(id, resolve);
      port.post({ kind: 'call', id, method, input });
    });

  port.onMessage(message => {
    const reply = parseReply(message);
    if (reply !== null) {
      waiting.get(reply.id)?.(outcomeOf(reply));
      waiting.delete(reply.id);
      return;
    }
    const event = eventSchema.safeParse(message);
    if (event.success) for (const listener of [...listeners]) listener(event.data);
  });
  port.onClose(() => {
    closed = true;
    for (const resolve of waiting.values()) resolve(engineStopped);
    waiting.clear();
  });

  return {
    call,
    subscribe(listener) {
      const own = (event: WireEvent): void => {
        listener(event);
      };
      listeners.add(own);
      void call(subscriptionCalls.start, {});
      return () => {
        if (listeners.delete(own) && listeners.size === 0) void call(subscriptionCalls.stop, {});
      };
    },
  };
}
