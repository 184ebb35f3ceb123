import { eventSchema, outcomeOf, parseReply, type Outcome, type Wire, type WireEvent } from '../../../shared/wire.ts';
import { apiPaths } from './http-server.ts';
import type { Pacing } from './job-feed.ts';

export interface HttpClientOptions {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** Sent with every request: the session's cookie, the origin. */
  readonly headers: Readonly<Record<string, string>>;
  readonly pacing: Pacing;
}

const noAnswer: Outcome = { ok: false, problem: { code: 'ENGINE_STOPPED', details: {}, retryAfterMs: 0 } };
const reconnectAfterMs = 1000;

/** The caller's end of the loopback transport, for callers that are no browser. */
export function connectOverHttp({ origin, headers, pacing }: HttpClientOptions): Wire {
  const listeners = new Set<(event: WireEvent) => void>();
  let stream: AbortController | null = null;
  let lastId = 0;

  const listen = async (own: AbortController): Promise<void> => {
    try {
      const response = await fetch(origin + apiPaths.events, { headers, signal: own.signal });
      if (response.ok && response.body !== null) {
        for await (const event of eventsIn(response.body)) for (const listener of [...listeners]) listener(event);
      }
    } catch {
      // A lost line and an aborted one both end here; which it was decides below.
    }
    if (!own.signal.aborted) pacing.after(reconnectAfterMs, () => own.signal.aborted || void listen(own));
  };
  const restart = (): void => {
    stream?.abort();
    stream = null;
    if (listeners.size === 0) return;
    stream = new AbortController();
    void listen(stream);
  };

  return {
    async call(method, input) {
      try {
        const response = await fetch(origin + apiPaths.call, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ kind: 'call', id: ++lastId, method, input }),
        });
        const reply = response.ok ? parseReply(await response.json()) : null;
        return reply === null ? noAnswer : outcomeOf(reply);
      } catch {
        return noAnswer;
      }
    },
    subscribe(listener) {
      const own = (event: WireEvent): void => {
        listener(event);
      };
      listeners.add(own);
      // Opened anew each time, because every new subscriber is owed the current snapshots.
      restart();
      return () => {
        if (listeners.delete(own) && listeners.size === 0) restart();
      };
    },
  };
}

async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<WireEvent> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('data: ')) continue;
      const event = eventSchema.safeParse(JSON.parse(block.slice('data: '.length)));
      if (event.success) yield event.data;
    }
  }
}
