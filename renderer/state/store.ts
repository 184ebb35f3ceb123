import type { Client } from '../../shared/wire.ts';
import type { Remembered } from './remembered.ts';

/** The remembered state, shared by all screens and written through to the host after every change. */
export interface Store {
  readonly get: () => Remembered;
  readonly set: (change: (state: Remembered) => Remembered) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * One write at a time, the last state wins: while one is on its way, further changes wait together for the next. A
 * write that fails is tried again with the next change; the person's work does not depend on it.
 */
export function createStore(client: Client, initial: Remembered): Store {
  let state = initial;
  let written = initial;
  let writing = false;
  const listeners = new Set<() => void>();

  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    try {
      while (written !== state) {
        const next = state;
        await client.host('host.writeState', { state: next });
        written = next;
      }
    } catch {
      // Kept in memory until the next change.
    } finally {
      writing = false;
    }
  }

  return {
    get: () => state,
    set(change) {
      state = change(state);
      void write();
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
