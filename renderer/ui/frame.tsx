import { Header, HeaderBrand, HeaderContent, HeaderRightZone } from 'design-react-kit';
import type { ReactNode } from 'react';
import { useWords } from '../services.ts';
import { useNavigation } from '../navigation.ts';
import type { View } from '../navigation.ts';

const around = ['home', 'archive', 'help', 'settings'] as const satisfies readonly View[];

/** What stays the same on every screen: the way past the header, the header, the place for the screen. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  const { view, go } = useNavigation();
  return (
    <>
      <a className="t-skip" href="#content" onClick={skipTo}>
        {words.skipToContent}
      </a>
      <header>
        <Header type="slim" className="t-header">
          <HeaderContent>
            <HeaderBrand tag="span" responsive>
              {words.product}
            </HeaderBrand>
            <HeaderRightZone>
              <nav aria-label={words.nav.label}>
                <ul className="t-nav">
                  {around.map(name => (
                    <li key={name}>
                      <button type="button" aria-current={view === name ? 'page' : undefined} onClick={() => go(name)}>
                        {words.nav[name]}
                      </button>
                    </li>
                  ))}
                </ul>
              </nav>
            </HeaderRightZone>
          </HeaderContent>
        </Header>
      </header>
      <main id="content" tabIndex={-1} className="t-main">
        {children}
      </main>
    </>
  );
}

/** By hand: following the fragment would change the address, which in the window means a navigation. */
function skipTo(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
