import { app, Menu } from 'electron';
import type { MainWords } from './main-words.ts';

/** The keys people expect (copy, paste, a larger text) come from menu roles; on Windows and Linux the bar is hidden. */
export function setAppMenu(words: MainWords): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: app.name, submenu: [{ role: 'quit', label: words.quit }] },
      { label: words.edit, role: 'editMenu' },
      {
        label: words.view,
        submenu: [
          { role: 'zoomIn' },
          // The same on the key without Shift, as browsers have it.
          { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
          { role: 'zoomOut' },
          { role: 'resetZoom' },
          { role: 'togglefullscreen' },
          ...(app.isPackaged ? [] : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
        ],
      },
    ]),
  );
}
