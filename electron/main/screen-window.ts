import { BrowserWindow, screen } from 'electron';
import { screenUrl } from './screen-origin.ts';

/** Smallest size at which every screen was laid out without scrolling sideways; smaller where the display is. */
const designed = { width: 1024, height: 700 };

/** Its data live in memory only: nothing a screen showed is found on the disk afterwards. */
export const screenPartition = 'screens';

export function createScreenWindow(preload: string, icon: string): BrowserWindow {
  const { workAreaSize } = screen.getPrimaryDisplay();
  const minWidth = Math.min(designed.width, workAreaSize.width);
  const minHeight = Math.min(designed.height, workAreaSize.height);
  const window = new BrowserWindow({
    title: 'Travaso',
    icon,
    width: Math.min(1180, workAreaSize.width),
    height: Math.min(820, workAreaSize.height),
    minWidth,
    minHeight,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      partition: screenPartition,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(screenUrl);
  return window;
}
