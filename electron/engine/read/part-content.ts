import { TravasoError } from '../../../shared/errors.ts';
import { contentOf, findPart, kindOf } from './opened-part.ts';
import { openParts } from './open-parts.ts';

/**
 * The octets of one part as its sender attached them.
 *
 * @throws MESSAGE_PART_UNKNOWN
 */
export function partContent(octets: Buffer, inside: readonly string[], part: string): Buffer {
  const message = inside.reduce((outer, id) => {
    const found = findPart(openParts(outer).root, id);
    if (found === null || kindOf(found.part) !== 'message') throw new TravasoError('MESSAGE_PART_UNKNOWN');
    return contentOf(found);
  }, octets);
  const found = findPart(openParts(message).root, part);
  if (found === null) throw new TravasoError('MESSAGE_PART_UNKNOWN');
  return contentOf(found);
}
