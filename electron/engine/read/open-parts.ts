import type { MessagePart, ReadingProblem } from '../../../shared/model/message-view.ts';
import { limits } from '../search/limits.ts';
import { partTree } from '../search/mime/part-tree.ts';
import type { Part } from '../search/mime/part-tree.ts';
import { mediaType } from '../sources/pst/mime/media-types.ts';
import { readCms } from './encapsulated-content.ts';
import { contentOf, isCms, kindOf } from './opened-part.ts';
import type { OpenedPart } from './opened-part.ts';
import { readingLimits } from './reading-limits.ts';
import { readTnef } from './tnef/read-tnef.ts';
import type { TnefAttachment } from './tnef/read-tnef.ts';

export interface OpenedMessage {
  readonly root: OpenedPart;
  readonly problems: ReadonlySet<ReadingProblem>;
}

/**
 * A message's structure with its containers opened: signed envelopes (S/MIME, `.p7m`) and `winmail.dat`. Mails within it
 * stay closed; they are messages of their own. Never throws because of what is in it.
 */
export function openParts(octets: Buffer): OpenedMessage {
  const { root, cut } = partTree(octets);
  const opening = new Opening();
  if (cut) opening.problems.add(partsIn(root) > limits.parts ? 'too-many-parts' : 'too-deep');
  return { root: opening.entity(root, '', 'mime', 0), problems: opening.problems };
}

function partsIn(part: Part): number {
  return part.children.reduce((sum, child) => sum + partsIn(child), 1);
}

const plain = { children: [], inside: null, body: null, encrypted: false } as const;
type From = MessagePart['from'];

class Opening {
  readonly problems = new Set<ReadingProblem>();
  private containers = 0;

  /** A whole entity: the message, or what a signature envelops. Its parts are counted from 1, itself being 1 if it is one. */
  entity(part: Part, prefix: string, from: From, depth: number): OpenedPart {
    return this.open(part, { id: `${prefix}1`, prefix, from, depth, isWhole: true });
  }

  private open(part: Part, at: Place): OpenedPart {
    const { id, prefix, from, depth } = at;
    if (part.type.startsWith('multipart/')) {
      if (part.children.length === 0) return this.asText(part, at);
      const children = part.children.map((child, index) => {
        const childId = `${prefix}${index + 1}`;
        return this.open(child, { id: childId, prefix: `${childId}.`, from, depth, isWhole: false });
      });
      return { ...plain, id: '', part, from, children };
    }
    const leaf = { ...plain, id, part, from };
    if (isCms(part)) return this.openCms(leaf, at);
    return kindOf(part) === 'winmail' ? this.openTnef(leaf, depth) : leaf;
  }

  /** A multipart whose boundary is nowhere: what its sender wrote is in there all the same. */
  private asText(part: Part, { id, from }: Place): OpenedPart {
    const text = { ...part, type: 'text/plain', disposition: '', name: '' };
    // What was passed over is no text.
    if (this.problems.has('too-deep')) return { ...plain, id, from, part: { ...text, body: Buffer.alloc(0) } };
    if (part.body.length > 0) this.problems.add('part-unreadable');
    return { ...plain, id, from, part: text };
  }

  private openCms(leaf: OpenedPart, { isWhole, depth }: Place): OpenedPart {
    if (!this.mayOpen(leaf, depth)) return leaf;
    const cms = readCms(contentOf(leaf));
    if (cms === null) {
      this.problems.add('part-unreadable');
      return leaf;
    }
    if (cms.kind === 'encrypted') return { ...leaf, encrypted: true };
    const { content } = cms;
    if (content === null) return leaf;
    const { name } = leaf.part;
    const isEntity = (isWhole || /^smime\.p7m$/i.test(name)) && looksLikeEntity(content);
    if (isEntity) {
      const { root, cut } = partTree(content);
      if (cut) this.problems.add('cut');
      return { ...leaf, inside: 'entity', children: [this.entity(root, `${leaf.id}~`, 'pkcs7', depth + 1)] };
    }
    const innerName = /\.p7m$/i.test(name) ? name.slice(0, -4) : '';
    const file = filePart(innerName, mediaType(null, innerName), content);
    return { ...leaf, inside: 'files', children: [this.file(file, leaf.id, 1, 'pkcs7', depth)] };
  }

  private openTnef(leaf: OpenedPart, depth: number): OpenedPart {
    if (!this.mayOpen(leaf, depth)) return leaf;
    const message = readTnef(contentOf(leaf));
    if (message === null) {
      this.problems.add('part-unreadable');
      return leaf;
    }
    const { text, html, attachments } = message;
    if (attachments.length > readingLimits.listedParts) this.problems.add('too-many-parts');
    const children = attachments
      .slice(0, readingLimits.listedParts)
      .map((attached, index) => this.file(tnefPart(attached), leaf.id, index + 1, 'winmail', depth));
    return { ...leaf, inside: 'files', children, body: { text, html } };
  }

  private file(part: Part, container: string, number: number, from: From, depth: number): OpenedPart {
    const id = `${container}~${number}`;
    return this.open(part, { id, prefix: `${id}.`, from, depth: depth + 1, isWhole: false });
  }

  private mayOpen({ part }: OpenedPart, depth: number): boolean {
    // Base64 takes four letters for three octets.
    const isSmall = part.body.length * 0.75 <= readingLimits.containerOctets;
    if (isSmall && depth < readingLimits.containerDepth && this.containers < readingLimits.containers) {
      this.containers += 1;
      return true;
    }
    this.problems.add('cut');
    return false;
  }
}

interface Place {
  readonly id: string;
  /** Before the numbers of its parts. */
  readonly prefix: string;
  readonly from: From;
  /** Containers around it. */
  readonly depth: number;
  /** Nothing but it: no part of something. */
  readonly isWhole: boolean;
}

/** S/MIME signs a MIME entity, which begins with its header (RFC 8551 section 3.1); a signed document does not. */
function looksLikeEntity(content: Buffer): boolean {
  return /^(content-[a-z-]+|mime-version)[ \t]*:/i.test(content.toString('latin1', 0, 100));
}

function filePart(name: string, type: string, body: Buffer): Part {
  const part = { header: new Map(), type, charset: null, encoding: '', disposition: 'attachment', name };
  return { ...part, contentId: false, body, children: [] };
}

function tnefPart({ name, type, contentId, octets }: TnefAttachment): Part {
  const part = filePart(name, type === '' ? mediaType(null, name) : type, octets);
  if (contentId === '') return part;
  return { ...part, contentId: true, header: new Map([['content-id', [`<${contentId}>`]]]) };
}
