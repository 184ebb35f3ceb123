import { createHash } from 'node:crypto';
import ICAL from 'ical.js';

export interface AttachedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  readonly sha256: string;
  /** Whether one request takes it; what does not stands in the text by its name. */
  readonly fits: boolean;
  /** Where the archive has an address in place of octets. */
  readonly link: string | null;
}

/** Graph takes attachments of less than 3 MB in one request; it is 4 MB with all around it, in base64. */
const mostOctets = 3 * 1024 * 1024 - 64 * 1024;

/** The ATTACH properties of a component (RFC 5545 section 3.8.1.1). */
export function attachedFiles(component: ICAL.Component): readonly AttachedFile[] {
  return component.getAllProperties('attach').map((property, index) => {
    const value: unknown = property.getFirstValue();
    const parameter = (name: string): string => firstOf(property.getParameter(name));
    const content = value instanceof ICAL.Binary ? Buffer.from(value.value, 'base64') : Buffer.alloc(0);
    return {
      name: parameter('filename') || parameter('x-filename') || `allegato-${index + 1}`,
      mediaType: parameter('fmttype') || 'application/octet-stream',
      content,
      sha256: createHash('sha256').update(content).digest('hex'),
      fits: value instanceof ICAL.Binary && content.length <= mostOctets,
      link: value instanceof ICAL.Binary ? null : String(value),
    };
  });
}

function firstOf(given: unknown): string {
  const value: unknown = Array.isArray(given) ? given[0] : given;
  return typeof value === 'string' ? value : '';
}
