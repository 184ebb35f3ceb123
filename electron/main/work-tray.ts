import { Menu, nativeImage, Tray } from 'electron';
import type { MainWords } from './main-words.ts';
import type { WorkWatch } from './work-watch.ts';

export interface TrayActions {
  readonly open: () => void;
  readonly quit: () => void;
}

/** A place in the system's tray while, and only while, something is at work. */
export function showTrayWhileWorking(
  work: WorkWatch,
  icon: string,
  words: () => MainWords,
  actions: TrayActions,
): void {
  let tray: Tray | null = null;
  work.onChange(active => {
    if (active.length === 0) {
      tray?.destroy();
      tray = null;
      return;
    }
    tray ??= new Tray(nativeImage.createFromPath(icon).resize({ width: 16, height: 16 }));
    tray.setToolTip(words().working);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words().open, click: actions.open },
        { label: words().quit, click: actions.quit },
      ]),
    );
    tray.removeAllListeners('click');
    tray.on('click', actions.open);
  });
}
