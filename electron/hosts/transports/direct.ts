import type { EngineEvents } from '../../../shared/contract.ts';
import type { Wire } from '../../../shared/wire.ts';
import { feedJobs, type Pacing } from './job-feed.ts';
import type { Dispatch } from './serve-api.ts';

/** The transport without a transport: caller and engine in one process, under the same rules as across a wire. */
export function connectDirectly(dispatch: Dispatch, events: EngineEvents, pacing: Pacing): Wire {
  return {
    call: (method, input) => dispatch(method, input),
    subscribe(listener) {
      const feed = feedJobs(
        events,
        payload => {
          listener({ kind: 'event', name: 'job.changed', payload });
          return true;
        },
        pacing,
      );
      return () => {
        feed.stop();
      };
    },
  };
}
