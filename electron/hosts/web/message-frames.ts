import { randomBytes } from 'node:crypto';
import type { HostInput } from '../../../shared/host-contract.ts';
import { securityHeaders } from './security-headers.ts';

/** `read`: shown to a person. `print`: the same on paper, for which the screen must be able to say "print". */
export type FrameUse = HostInput<'host.frameDocument'>['use'];

export interface MessageFrame {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface MessageFrames {
  /** Keeps a document for one look at it and gives the path it will be answered under. */
  keep(html: string, use: FrameUse): string;
  /** What is answered under a path. A document is given away once. */
  take(path: string): MessageFrame | undefined;
}

/** All paths of ours that may be shown in a frame begin like this. */
export const messageFramePath = '/message/';

/**
 * An empty document in which the screen takes a message's HTML apart. Inline style is allowed there, as it is not in
 * the screen itself, or the browser would report each `style` of a message that is only being cleaned.
 */
const bench = `${messageFramePath}bench`;

/** A frame that was never fetched (closed at once) must not stay for good; these are what a person could have open. */
const keptAtOnce = 4;

/**
 * Documents made from messages, each with a policy of its own. A frame by `srcdoc` or `blob:` would inherit the policy
 * of the screen, which would then have to allow inline style; so they are answered by the host, like a page of another
 * site. The policy puts them into the sandbox even where somebody opens their address elsewhere than in the frame.
 */
export function createMessageFrames(): MessageFrames {
  const kept = new Map<string, MessageFrame>();
  return {
    keep(html, use) {
      const path = `${messageFramePath}${randomBytes(24).toString('base64url')}`;
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - keptAtOnce))) kept.delete(oldest);
      kept.set(path, { html, headers: headersOf(use) });
      return path;
    },
    take(path) {
      if (path === bench) return { html: '<!doctype html><title>-</title>', headers: headersOf('print') };
      const found = kept.get(path);
      kept.delete(path);
      return found;
    },
  };
}

/**
 * No script, no form, no network: pictures only as `data:`. To read, not even our own origin. To print, the origin
 * stays, because only a frame of the same origin can be told to print, and none of its own scripts can run either way.
 */
function headersOf(use: FrameUse): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    use === 'read' ? 'sandbox' : 'sandbox allow-same-origin allow-modals',
  ].join('; ');
  return {
    ...securityHeaders,
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
    // Else Chromium may look up the names of hosts that a page merely mentions.
    'x-dns-prefetch-control': 'off',
  };
}
