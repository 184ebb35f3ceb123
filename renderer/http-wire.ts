import { eventSchema, outcomeOf, parseReply } from '../shared/wire.ts';
import type { Outcome, Wire } from '../shared/wire.ts';

const noAnswer: Outcome = { ok: false, problem: { code: 'ENGINE_STOPPED', details: {}, retryAfterMs: 0 } };

/**
 * The browser's end of the loopback transport: calls by POST, events by an event stream that the browser itself opens
 * again after a lost line. The session's cookie goes along by being of the same origin.
 *
 * @param onReplaced called when another window of the same session took the events over; this one must not take them back
 */
export function createHttpWire(onReplaced: () => void): Wire {
  let lastId = 0;
  return {
    async call(method, input) {
      try {
        lastId += 1;
        const response = await fetch('/api/call', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ kind: 'call', id: lastId, method, input }),
        });
        const reply = response.ok ? parseReply(await response.json()) : null;
        return reply === null ? noAnswer : outcomeOf(reply);
      } catch {
        return noAnswer;
      }
    },
    subscribe(listener) {
      const stream = new EventSource('/api/events');
      stream.addEventListener('message', ({ data }) => {
        const event = eventSchema.safeParse(JSON.parse(String(data)));
        if (event.success) listener(event.data);
      });
      stream.addEventListener('replaced', () => {
        stream.close();
        onReplaced();
      });
      return () => stream.close();
    },
  };
}
