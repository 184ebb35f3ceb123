import { createContext, useContext } from 'react';

/** The wizard shows the step of the remembered state; the others stand beside it. */
export type View = 'home' | 'archive' | 'wizard' | 'settings' | 'help';

export interface Navigation {
  readonly view: View;
  readonly go: (view: View) => void;
}

export const NavigationContext = createContext<Navigation>({ view: 'home', go: () => undefined });

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}
