import { screenOrigin } from './screen-origin.ts';

interface Frame {
  readonly url: string;
  readonly origin: string;
}

/** What of an IPC event and its window decides whether the sender is believed. */
export interface Sender {
  /** Null when the frame is gone or has navigated since. */
  readonly senderFrame: Frame | null;
  readonly mainFrame: Frame;
}

/**
 * Whether a message comes from the page we loaded ourselves: the top frame of our window, on our origin. A frame
 * inside it (Electron gives every frame the same channels) is not believed, nor is a page that replaced ours.
 */
export function isTrustedSender({ senderFrame, mainFrame }: Sender): boolean {
  return (
    senderFrame !== null &&
    senderFrame === mainFrame &&
    senderFrame.origin === screenOrigin &&
    senderFrame.url.startsWith(`${screenOrigin}/`)
  );
}
