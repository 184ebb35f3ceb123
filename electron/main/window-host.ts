import { app, dialog, shell, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import { join } from 'node:path';
import { TravasoError } from '../../shared/errors.ts';
import type { FileKind, HostApi, HostInput } from '../../shared/host-contract.ts';
import type { Language } from '../../shared/words/language.ts';
import { grantPicked, type GrantedPaths } from '../hosts/transports/granted-paths.ts';
import { writeText } from '../hosts/web/browser-host.ts';
import type { HostMemory } from '../hosts/web/host-memory.ts';
import type { MessageFrames } from '../hosts/web/message-frames.ts';
import type { MainWords } from './main-words.ts';
import { printDocument, printReport } from './print-report.ts';

export interface WindowHostOptions {
  readonly window: () => BrowserWindow | null;
  readonly granted: GrantedPaths;
  readonly memory: HostMemory;
  readonly frames: MessageFrames;
  readonly language: () => Language;
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly words: () => MainWords;
  readonly dragMessage: (message: HostInput<'host.startDrag'>) => Promise<void>;
}

/**
 * The host's functions for the screen in the window. Places on disk come from the system's own dialogs, which the
 * page can neither draw nor answer; the functions by which a browser's screen grants itself a place are refused here.
 */
export function createWindowHost(options: WindowHostOptions): HostApi {
  const { granted, memory, frames } = options;

  const pickWith = async (dialogOptions: OpenDialogOptions) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(openWindow(options), dialogOptions);
    const path = canceled ? undefined : filePaths[0];
    return { path: path === undefined ? null : await grantPicked(granted, path) };
  };

  return {
    'host.info': () =>
      Promise.resolve({
        host: 'window',
        version: app.getVersion(),
        language: options.language(),
        picker: 'native',
        printsToPdf: true,
        tray: true,
      }),
    'host.setLanguage': async ({ language }) => {
      await options.setLanguage(language);
      return {};
    },
    'host.pickFolder': async ({ startAt }) =>
      pickWith({
        title: options.words().chooseFolder,
        defaultPath: await startingPlace(startAt, granted),
        properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
      }),
    'host.pickFile': async ({ kind, startAt }) =>
      pickWith({
        title: options.words().chooseFile,
        defaultPath: await startingPlace(startAt, granted),
        filters: filtersFor(kind, options.words()),
        properties: ['openFile', 'dontAddToRecent'],
      }),
    'host.saveFile': async ({ kind, suggestedName }) => {
      const { canceled, filePath } = await dialog.showSaveDialog(openWindow(options), {
        title: options.words().saveFile,
        defaultPath: join(app.getPath('documents'), suggestedName.replace(/[\\/:*?"<>|]/g, '-')),
        filters: filtersFor(kind, options.words()),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      });
      if (canceled) return { path: null };
      await granted.grant(filePath, 'file');
      return { path: filePath };
    },
    'host.listFolder': onlyInBrowser,
    'host.createFolder': onlyInBrowser,
    'host.grant': onlyInBrowser,
    'host.readState': async () => ({ state: await memory.readState() }),
    'host.writeState': async ({ state }) => {
      await memory.writeState(state);
      return {};
    },
    'host.printReport': async ({ html, pdf }) => {
      await printReport(html, pdf);
      return {};
    },
    'host.frameDocument': ({ html, use }) => Promise.resolve({ path: frames.keep(html, use) }),
    'host.printDocument': async ({ html, pdf }) => {
      await printDocument(html, pdf);
      return {};
    },
    // Only web addresses come through the table: anything else would be a way to start programs.
    'host.openLink': async ({ url }) => {
      await shell.openExternal(new URL(url).href);
      return {};
    },
    'host.writeText': async ({ path, text }) => {
      await writeText(path, text);
      return {};
    },
    'host.startDrag': async message => {
      await options.dragMessage(message);
      return {};
    },
    'host.reveal': ({ path }) => {
      shell.showItemInFolder(path);
      return Promise.resolve({});
    },
  };
}

function onlyInBrowser(): Promise<never> {
  return Promise.reject(new TravasoError('CALL_INVALID', { reason: 'host' }));
}

function openWindow({ window }: WindowHostOptions): BrowserWindow {
  const open = window();
  if (open === null) throw new TravasoError('CALL_INVALID', { reason: 'window' });
  return open;
}

/** Where a dialog opens. Only a place the person had before: a page must not steer them elsewhere. */
async function startingPlace(startAt: string | null, granted: GrantedPaths): Promise<string> {
  return startAt !== null && (await granted.allows(startAt)) ? startAt : app.getPath('documents');
}

const extensions: Readonly<Record<Exclude<FileKind, 'any'>, readonly string[]>> = {
  pst: ['pst', 'ost'],
  mbox: ['mbox', 'mbx'],
  tgz: ['tgz', 'gz', 'zip'],
  html: ['html'],
  pdf: ['pdf'],
  json: ['json'],
  zip: ['zip'],
  certificate: ['pem', 'crt', 'cer'],
};

function filtersFor(kind: FileKind, words: MainWords): FileFilter[] {
  const all = { name: words.allFiles, extensions: ['*'] };
  return kind === 'any' ? [all] : [{ name: kind.toUpperCase(), extensions: [...extensions[kind]] }, all];
}
