import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { isAbsolute } from 'node:path';
import type { Reply, Wire } from '../../shared/wire.ts';
import { answerWith, type Dispatch } from '../hosts/transports/serve-api.ts';
import { windowChannels } from '../hosts/transports/window-channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

const refused: Reply = {
  kind: 'reply',
  id: 0,
  ok: false,
  problem: { code: 'CALL_INVALID', details: { reason: 'sender' } },
};

/** Who answers what comes from the page. */
export interface WindowAnswers {
  readonly dispatch: Dispatch;
  /** Grants a place that the person dropped on the window; null when there is nothing there. */
  readonly takeDropped: (path: string) => Promise<string | null>;
}

/** Connects the window's preload with whoever answers its calls. The only place that listens to a page. */
export function bridgeWindow(
  window: () => BrowserWindow | null,
  { dispatch, takeDropped }: WindowAnswers,
  wire: Wire,
): void {
  const answer = answerWith(dispatch);
  let stopEvents: () => void = () => undefined;

  const isTrusted = (event: IpcMainInvokeEvent): boolean => {
    const contents = window()?.webContents;
    if (contents === undefined || event.sender !== contents) return false;
    return isTrustedSender({ senderFrame: event.senderFrame, mainFrame: contents.mainFrame });
  };

  ipcMain.handle(windowChannels.call, async (event, message: unknown) =>
    isTrusted(event) ? ((await answer(message)) ?? refused) : refused,
  );

  ipcMain.handle(windowChannels.dropped, (event, path: unknown) =>
    isTrusted(event) && typeof path === 'string' && isAbsolute(path) ? takeDropped(path) : null,
  );

  ipcMain.handle(windowChannels.subscribe, event => {
    if (!isTrusted(event)) return;
    const { sender } = event;
    // One stream for a window: a reloaded page takes the place of the one before, from the current snapshots on.
    stopEvents();
    stopEvents = wire.subscribe(wireEvent => {
      if (!sender.isDestroyed()) sender.send(windowChannels.event, wireEvent);
    });
    sender.once('destroyed', stopEvents);
  });
}
