import { createClient } from '../shared/wire.ts';
import type { Client, Wire } from '../shared/wire.ts';
import type { TakeDropped } from './services.ts';
import { createHttpWire } from './http-wire.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in the browser host. */
    readonly travaso?: Wire & { readonly dropped: TakeDropped };
  }
}

/** The one client of this page, over whatever its host offers. */
export function connect(onReplaced: () => void): Client {
  return createClient(window.travaso ?? createHttpWire(onReplaced));
}

/** What takes a dropped file in this host, if anything can. */
export function droppedFiles(): TakeDropped | null {
  return window.travaso?.dropped ?? null;
}
