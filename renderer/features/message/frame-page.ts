import type { TextSize } from '../../state/settings.ts';

export interface FramePage {
  /** Of the frame, for whoever hears it. */
  readonly title: string;
  readonly head: string;
  /** With or without its `body` element. */
  readonly body: string;
  readonly textSize: TextSize;
}

const zoom: Readonly<Record<TextSize, string>> = { normal: '1', large: '1.18', larger: '1.37' };

/** How a message looks that says nothing about it: black on white, because those who wrote it saw no other. */
const plain = `
  :root { color-scheme: light; }
  body { margin: 1rem; background: #fff; color: #000; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; }
  pre { white-space: pre-wrap; }
  .travaso-link { text-decoration: underline; }
  .travaso-mark { text-decoration: none; margin-inline-start: 0.15em; font-size: 0.75em; }
  .travaso-head { border-bottom: 1px solid #888; margin: 0 0 1rem; padding-bottom: 0.75rem; }
  .travaso-head dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
  .travaso-head dt { font-weight: 600; }
  .travaso-head dd { margin: 0; }
`;

/** A whole document out of cleaned parts. Ours comes last in the head only where a message must not have its way. */
export function framePage({ title, head, body, textSize }: FramePage): string {
  return (
    `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    `<style>${plain}</style>${head}<style>html { zoom: ${zoom[textSize]}; }</style></head>${body}</html>`
  );
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
