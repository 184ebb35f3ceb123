import type { BrowserWindow } from 'electron';
import type * as z from 'zod';
import type { SignInWindowEnding, signInWindowMethods } from '../hosts/transports/process-tables.ts';
import { openSignInWindow, type SignInWindow } from './sign-in-window.ts';

type Asked<M extends keyof typeof signInWindowMethods> = z.output<(typeof signInWindowMethods)[M]['input']>;

export interface SignInWindows {
  readonly api: {
    'signInWindow.open'(asked: Asked<'signInWindow.open'>): Promise<SignInWindowEnding>;
    'signInWindow.close'(asked: Asked<'signInWindow.close'>): Promise<Record<string, never>>;
  };
  readonly closeAll: () => void;
}

export interface SignInWindowsOptions {
  readonly parent: () => BrowserWindow | null;
  readonly icon: string;
  readonly purpose: () => string;
}

/** The windows in which somebody is signing in, as the engine opens and closes them. */
export function createSignInWindows({ parent, icon, purpose }: SignInWindowsOptions): SignInWindows {
  const open = new Map<string, SignInWindow>();
  return {
    api: {
      'signInWindow.open': async ({ id, ...page }) => {
        const window = openSignInWindow({ ...page, parent: parent(), icon, purpose: purpose() });
        open.set(id, window);
        const ending = await window.ended;
        open.delete(id);
        return ending;
      },
      'signInWindow.close': ({ id }) => {
        open.get(id)?.close();
        return Promise.resolve({});
      },
    },
    closeAll: () => {
      for (const window of [...open.values()]) window.close();
    },
  };
}
