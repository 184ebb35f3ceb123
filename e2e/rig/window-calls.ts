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
