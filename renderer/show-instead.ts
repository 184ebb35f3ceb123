import { wordsOf } from './words/words.ts';

/** A plain page for when the app itself cannot be shown, in the system's language as nothing else is known. */
export function showInstead(root: HTMLElement, what: 'replaced' | 'starting'): void {
  const words = wordsOf(navigator.language.startsWith('en') ? 'en' : 'it');
  const main = document.createElement('main');
  main.className = 't-main t-screen';
  const heading = document.createElement('h1');
  heading.textContent = words[what].title;
  const text = document.createElement('p');
  text.textContent = words[what].text;
  main.append(heading, text);
  if (what === 'replaced') {
    const button = document.createElement('button');
    button.className = 'btn btn-primary';
    button.textContent = words.replaced.takeBack;
    button.addEventListener('click', () => location.reload());
    main.append(button);
  }
  // Beside React's own root rather than in it: React would be surprised by foreign nodes.
  root.hidden = true;
  root.after(main);
}
