import { mkdir, mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { app, nativeImage, type BrowserWindow } from 'electron';
import { TravasoError } from '../../shared/errors.ts';
import type { HostInput } from '../../shared/host-contract.ts';
import type { Outcome } from '../../shared/wire.ts';
import { safeFileName } from '../../shared/safe-file-name.ts';

export interface MessageDragOptions {
  readonly window: () => BrowserWindow | null;
  readonly callEngine: (method: string, input: unknown) => Promise<Outcome>;
  /** Where the files lie meanwhile: a folder of the app's own, which nobody else reads. */
  readonly place: string;
  /** Path of the picture beneath the pointer: without one the systems but Windows refuse to drag. */
  readonly icon: string;
}

/**
 * Gives the person who drags a message its file. Nobody can tell when whoever it was dropped on has read the file, so
 * these stay until the program ends, or begins again where it was killed; each drag has a folder of its own, because
 * the same message may be dragged twice.
 */
export function createMessageDrag({ window, callEngine, place, icon }: MessageDragOptions) {
  const clear = (): void => rmSync(place, { recursive: true, force: true });
  clear();
  app.on('will-quit', clear);
  return async ({ archive, folder, number, name }: HostInput<'host.startDrag'>): Promise<void> => {
    await mkdir(place, { recursive: true });
    // A subject is no path: «Delibera 12/2019» would be called «2019».
    const called = safeFileName(name.replaceAll(/[/\\]/g, '-'), `${folder}-${number}`);
    const file = join(await mkdtemp(join(place, 'm-')), `${called}.eml`);
    const saved = await callEngine('message.save', { archive, folder, number, to: file });
    if (!saved.ok) throw new TravasoError(saved.problem.code, saved.problem.details);
    window()?.webContents.startDrag({ file, icon: nativeImage.createFromPath(icon).resize({ width: 48 }) });
  };
}
