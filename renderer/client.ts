import { createClient } from '../shared/wire.ts';
import type { Client, Wire } from '../shared/wire.ts';
import { createHttpWire } from './http-wire.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in the browser host. */
    readonly travaso?: Wire;
  }
}

/** The one client of this page, over whatever its host offers. */
export function connect(onReplaced: () => void): Client {
  return createClient(window.travaso ?? createHttpWire(onReplaced));
}
