import type { MethodName, Input } from '../../shared/contract.ts';
import type { HostInput, HostMethodName } from '../../shared/host-contract.ts';
import type { Outcome } from '../../shared/wire.ts';
import type { ElectronApp } from './electron-app.ts';

/** Calls as the window's page makes them, past the screens. */
export function callInWindow<M extends MethodName | HostMethodName>(
  { page }: ElectronApp,
  method: M,
  input: M extends MethodName ? Input<M> : M extends HostMethodName ? HostInput<M> : never,
): Promise<Outcome> {
  return page.evaluate(`window.travaso.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`);
}

/** What the person chooses in the system's next dialogs for opening. */
export function choosePath({ app }: ElectronApp, path: string): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** From now on no page leaves the window for the system's browser; `recordedBrowserPages` tells which would have. */
export function recordBrowserPages({ app }: ElectronApp): Promise<void> {
  return app.evaluate(({ shell }) => {
    const pages: string[] = [];
    Object.assign(globalThis, { browserPages: pages });
    shell.openExternal = url => {
      pages.push(url);
      return Promise.resolve();
    };
  });
}

export function recordedBrowserPages({ app }: ElectronApp): Promise<readonly string[]> {
  return app.evaluate(() => (globalThis as unknown as { browserPages: string[] }).browserPages);
}
