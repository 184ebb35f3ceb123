import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Outcome, Wire, WireEvent } from '../shared/wire.ts';
import { windowChannels } from './hosts/transports/window-channels.ts';

/**
 * All that a screen in the window is given: two functions that carry data, and one that takes what was dropped. What
 * can be called stands in `shared/contract.ts` and `shared/host-contract.ts`; the main process checks every call.
 *
 * A sandboxed preload must be one file without imports but Electron's, so this one is bundled and kept small.
 */
let lastId = 0;

/** With `dropped`, the page hands over the file itself and cannot name one: a file made by a script has no path. */
const travaso: Wire & { dropped(file: File): Promise<string | null> } = {
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
  async dropped(file) {
    const path = webUtils.getPathForFile(file);
    return path === '' ? null : ((await ipcRenderer.invoke(windowChannels.dropped, path)) as string | null);
  },
};

contextBridge.exposeInMainWorld('travaso', travaso);
