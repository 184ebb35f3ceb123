import type { Outcome, Wire, WireEvent } from '../../shared/wire.ts';
import { connectOverPort } from '../hosts/transports/message-client.ts';
import type { Port } from '../hosts/transports/port.ts';

export interface EngineProcess {
  readonly port: Port;
  /** Ends it at once. */
  kill(): void;
}

export interface EngineLink extends Wire {
  /** Tells each time an engine's process ended unasked. */
  onLost(listener: () => void): void;
  /** Lets the engine put everything down, then ends its process; after `deadlineMs` it is ended anyway. */
  close(deadlineMs: number): Promise<void>;
}

/** More starts than this within a minute mean that it cannot run here; trying on would only burn power. */
const startsAMinute = 4;

const stopped: Outcome = { ok: false, problem: { code: 'ENGINE_STOPPED', details: {} } };

interface Running {
  readonly process: EngineProcess;
  readonly wire: Wire;
  stopEvents: () => void;
}

/**
 * The engine as one lasting wire, whatever becomes of its process. When that dies (a parser met by hostile mail),
 * calls under way come to `ENGINE_STOPPED` and a new process takes over, from which subscribers hear on; what was
 * at work is found there as interrupted and offers to go on.
 */
export function linkEngine(start: () => EngineProcess, now: () => number): EngineLink {
  const listeners = new Set<(event: WireEvent) => void>();
  const lossListeners: (() => void)[] = [];
  let starts: readonly number[] = [];
  let current: Running | null = null;
  let closing = false;

  const deliver = (event: WireEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };

  const launch = (): Running | null => {
    starts = starts.filter(at => at > now() - 60_000);
    if (closing || starts.length >= startsAMinute) return null;
    starts = [...starts, now()];
    const process = start();
    const wire = connectOverPort(process.port);
    const launched: Running = { process, wire, stopEvents: wire.subscribe(deliver) };
    current = launched;
    process.port.onClose(() => {
      if (current !== launched) return;
      current = null;
      if (closing) return;
      for (const listener of lossListeners) listener();
      launch();
    });
    return launched;
  };

  return {
    call: (method, input) => (current ?? launch())?.wire.call(method, input) ?? Promise.resolve(stopped),
    subscribe(listener) {
      listeners.add(listener);
      if (current === null) launch();
      else {
        // Subscribed anew, because the newcomer is owed the current snapshots; to the others they are no harm.
        const { wire, stopEvents } = current;
        current.stopEvents = wire.subscribe(deliver);
        stopEvents();
      }
      return () => {
        listeners.delete(listener);
      };
    },
    onLost(listener) {
      lossListeners.push(listener);
    },
    async close(deadlineMs) {
      const engine = current;
      closing = true;
      if (engine === null) return;
      const deadline = new Promise<void>(resolve => setTimeout(resolve, deadlineMs).unref());
      await Promise.race([engine.wire.call('engine.close', {}), deadline]);
      engine.process.kill();
    },
  };
}
