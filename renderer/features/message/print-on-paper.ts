/**
 * Prints a document that the host keeps under `path`. In a frame of its own, because printing the screen would cut a
 * long message off at the edge of the frame it is read in.
 */
export async function printOnPaper(path: string): Promise<void> {
  const frame = document.createElement('iframe');
  // Our origin, so that it can be told to print; still without scripts.
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
  frame.className = 't-print-frame';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.src = path;
  await new Promise(resolve => {
    frame.addEventListener('load', resolve, { once: true });
    document.body.append(frame);
  });
  frame.contentWindow?.addEventListener('afterprint', () => frame.remove(), { once: true });
  frame.contentWindow?.print();
}
