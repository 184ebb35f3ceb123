import { parentPort } from 'node:worker_threads';
import type { DocumentKind } from './document-kind.ts';
import { officeText } from './office-text.ts';
import { pdfText } from './pdf-text.ts';

/** Looks into documents on a thread of its own, which is ended when one takes too long or too much. */
export interface DocumentRequest {
  readonly id: number;
  readonly kind: DocumentKind;
  readonly octets: Uint8Array;
}

export interface DocumentReply {
  readonly id: number;
  /** Null when it is not what it says it is, is broken, or has a password. */
  readonly text: string | null;
}

parentPort?.on('message', ({ id, kind, octets }: DocumentRequest) => {
  const reading = kind === 'pdf' ? pdfText(octets) : officeText(Buffer.from(octets.buffer), kind);
  reading.then(
    text => parentPort?.postMessage({ id, text } satisfies DocumentReply),
    () => parentPort?.postMessage({ id, text: null } satisfies DocumentReply),
  );
});
