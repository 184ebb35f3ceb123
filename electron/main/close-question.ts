import { dialog, type BrowserWindow } from 'electron';
import type { MainWords } from './main-words.ts';

export type ClosingChoice = 'tray' | 'pause' | 'stay';

/** What should become of the work when its window is closed. Dismissing the question changes nothing. */
export async function askBeforeClosing(window: BrowserWindow, words: MainWords): Promise<ClosingChoice> {
  const { closing } = words;
  const choices: readonly ClosingChoice[] = ['tray', 'pause', 'stay'];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: closing.question,
    detail: closing.detail,
    buttons: [closing.tray, closing.pause, closing.stay],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return choices[response] ?? 'stay';
}
