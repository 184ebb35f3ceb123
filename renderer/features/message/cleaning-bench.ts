/** Answered by both hosts: an empty document of our origin, without scripts, under the policy of messages. */
const benchPath = '/message/bench';

/**
 * Lends the window of an empty, script-less frame for a piece of work (see `cleanHtml`) and takes it away again.
 * Rejects when the host does not answer.
 */
export async function onCleaningBench<T>(work: (bench: Window & typeof globalThis) => T): Promise<T> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  frame.hidden = true;
  frame.title = '-';
  frame.src = benchPath;
  try {
    await new Promise(resolve => {
      frame.addEventListener('load', resolve, { once: true });
      document.body.append(frame);
    });
    const bench = frame.contentWindow;
    if (bench === null) throw new Error('the frame for cleaning has no window');
    return work(bench as Window & typeof globalThis);
  } finally {
    frame.remove();
  }
}
