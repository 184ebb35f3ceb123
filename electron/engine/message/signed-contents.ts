import { MimeTracker } from './mime-tracker.ts';
import { rawLines } from './raw-lines.ts';

/**
 * The octets that the signatures of a message are about: of each outermost multipart/signed everything between its
 * delimiters, the signature included (RFC 1847 section 2.1). What is signed in other ways is one attachment, whole.
 */
export async function signedContents(message: Buffer): Promise<readonly Buffer[]> {
  // Most mail is not signed, and need not be walked through.
  if (!['signed', 'Signed', 'SIGNED'].some(word => message.includes(`/${word}`))) return [];
  const tracker = new MimeTracker();
  const contents: Buffer[] = [];
  let current: Buffer[] = [];
  for await (const { text, end } of rawLines(only(message))) {
    const before = tracker.signedDepth;
    const place = tracker.take(text.toString('latin1'));
    const isWithin = before > 0 && tracker.signedDepth > 0;
    // A server may end the lines of a delimiter its own way; those of the content not.
    if (isWithin) current.push(place === 'delimiter' ? Buffer.from('\n--\n') : Buffer.concat([text, end]));
    if (before > 0 && tracker.signedDepth === 0) {
      contents.push(Buffer.concat(current));
      current = [];
    }
  }
  if (current.length > 0) contents.push(Buffer.concat(current));
  return contents;
}

async function* only(message: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(message);
}
