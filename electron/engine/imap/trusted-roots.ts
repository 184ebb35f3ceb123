import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { TravasoError } from '../../../shared/errors.ts';

/**
 * The root certificates a server may chain to: the well-known ones, those the operating system trusts (an
 * administration distributes its own CA that way), and `extra`. Throws `CA_FILE_INVALID` when `extra` holds no
 * certificate or a damaged one.
 */
export function trustedRoots(extra?: string): string[] {
  return [...new Set([...tls.rootCertificates, ...localRoots(extra)])];
}

/** Those of them that are this computer's or this person's own; throws like `trustedRoots`. */
export function localRoots(extra?: string): string[] {
  const added = extra === undefined ? [] : readPem(extra);
  const known = new Set(tls.rootCertificates);
  return [...new Set([...storedRoots('default'), ...storedRoots('system'), ...added])].filter(pem => !known.has(pem));
}

/** Older runtimes lack `getCACertificates`, and a locked-down system may refuse its store: neither is a reason to stop. */
function storedRoots(store: 'default' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(store);
  } catch {
    return [];
  }
}

function readPem(text: string): string[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new TravasoError('CA_FILE_INVALID', { reason: 'no-certificate' });
  return blocks.map(block => {
    try {
      return new X509Certificate(block).toString();
    } catch (cause) {
      throw new TravasoError('CA_FILE_INVALID', { reason: 'damaged-certificate' }, { cause });
    }
  });
}
