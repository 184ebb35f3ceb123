import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Outcome, Wire, WireEvent } from '../shared/wire.ts';
import { windowChannels } from './hosts/transports/window-channels.ts';

/**
 * All that a screen in the window is given: two functions that carry data. What can be called stands in
 * `shared/contract.ts` and `shared/host-contract.ts`; the main process checks every call against them.
 *
 * A sandboxed preload must be one file without imports but Electron's, so this one is bundled and kept small.
 */
let lastId = 0;

const travaso: Wire = {
  async call(method, input) {
    const id = ++lastId;
    return (await ipcRenderer.invoke(windowChannels.call, { kind: 'call', id, method, input })) as Outcome;
  },
  subscribe(listener) {
    // The event itself stays here: its `sender` would hand the page an unrestricted ipcRenderer.
    const own = (_: IpcRendererEvent, event: WireEvent): void => {
      listener(event);
    };
    ipcRenderer.on(windowChannels.event, own);
    void ipcRenderer.invoke(windowChannels.subscribe);
    return () => {
      ipcRenderer.removeListener(windowChannels.event, own);
    };
  },
};

contextBridge.exposeInMainWorld('travaso', travaso);
