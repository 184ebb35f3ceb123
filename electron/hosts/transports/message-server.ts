import type { EngineEvents } from '../../../shared/contract.ts';
import { callSchema } from '../../../shared/wire.ts';
import { feedJobs, type JobFeed, type Pacing } from './job-feed.ts';
import type { Port } from './port.ts';
import { answerWith, type Dispatch } from './serve-api.ts';

/** Calls of the transport itself, answered here and never by the engine. */
export const subscriptionCalls = { start: 'events.subscribe', stop: 'events.unsubscribe' } as const;

/** Serves calls and job events to whoever is at the other end of `port`, until it closes. */
export function serveOverPort(port: Port, dispatch: Dispatch, events: EngineEvents, pacing: Pacing): void {
  let feed: JobFeed | null = null;
  const stopFeed = (): void => {
    feed?.stop();
    feed = null;
  };
  const startFeed = (): void => {
    // Begun anew each time, because every new subscriber is owed the current snapshots.
    stopFeed();
    feed = feedJobs(
      events,
      payload => {
        port.post({ kind: 'event', name: 'job.changed', payload });
        return true;
      },
      pacing,
    );
  };
  const answer = answerWith(dispatch);

  port.onMessage(message => {
    const call = callSchema.safeParse(message);
    if (!call.success) return;
    const { id, method } = call.data;
    if (method === subscriptionCalls.start || method === subscriptionCalls.stop) {
      if (method === subscriptionCalls.start) startFeed();
      else stopFeed();
      port.post({ kind: 'reply', id, ok: true, value: {} });
      return;
    }
    void answer(message).then(reply => {
      port.post(reply);
    });
  });
  port.onClose(stopFeed);
}
