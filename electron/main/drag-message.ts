import { mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { app, nativeImage, type BrowserWindow } from 'electron';
import { TravasoError } from '../../shared/errors.ts';
import type { HostInput } from '../../shared/host-contract.ts';
import type { Outcome } from '../../shared/wire.ts';

export interface MessageDragOptions {
  readonly window: () => BrowserWindow | null;
  readonly callEngine: (method: string, input: unknown) => Promise<Outcome>;
  /** Path of the picture beneath the pointer: without one the systems but Windows refuse to drag. */
  readonly icon: string;
}

/**
 * Gives the person who drags a message its file. Nobody can tell when whoever it was dropped on has read the file, so
 * these stay until the program ends; each drag has a folder of its own, because the same message may be dragged twice.
 */
export function createMessageDrag({ window, callEngine, icon }: MessageDragOptions) {
  const folders: string[] = [];
  app.on('will-quit', () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return async ({ archive, folder, number }: HostInput<'host.startDrag'>): Promise<void> => {
    const place = await mkdtemp(join(app.getPath('temp'), 'travaso-drag-'));
    folders.push(place);
    const file = join(place, `${folder}-${number}.eml`);
    const saved = await callEngine('message.save', { archive, folder, number, to: file });
    if (!saved.ok) throw new TravasoError(saved.problem.code, saved.problem.details);
    window()?.webContents.startDrag({ file, icon: nativeImage.createFromPath(icon).resize({ width: 48 }) });
  };
}
