import { splitMessage } from '../search/mime/header-section.ts';
import { readHeaders } from './read-headers.ts';
import type { ReadMessage } from './read-message.ts';

/** What stands above a message, and nothing of what is in it: for one that took too long or too much. */
export function readHead(octets: Buffer): ReadMessage {
  return { ...nothingReadable, headers: readHeaders(splitMessage(octets).header) };
}

/** Not even that. The archive still has the message, and its source and `message.save` ask no parser. */
export const nothingReadable: ReadMessage = {
  inside: [],
  headers: { subject: '', from: [], to: [], cc: [], bcc: [], replyTo: [], date: null, messageId: null },
  ...{ text: null, html: null, images: [], parts: [], signature: null, pec: null, pecReference: null },
  problems: ['too-slow'],
};
