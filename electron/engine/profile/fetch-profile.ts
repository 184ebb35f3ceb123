import { open } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { FindProxy } from '../ports.ts';

/** Far more than a profile needs; a link may lead anywhere. */
const mostOctets = 256 * 1024;

/** Reads a profile from a file. @throws INPUT_FILE_INVALID, PROFILE_INVALID when it is too long to be one */
export async function readProfileFile(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > mostOctets) throw new TravasoError('PROFILE_INVALID', { field: '' });
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TravasoError) throw error;
    throw new TravasoError('INPUT_FILE_INVALID', { file: path }, { cause: error });
  }
}

/**
 * Fetches a profile from a link that the help desk dictated (`ente.it/travaso.json`). HTTPS only, and no redirect:
 * who answers is whom the person typed.
 *
 * @throws the T-1xx and T-2xx codes of the line, PROFILE_LINK_INVALID
 */
export async function fetchProfile(link: string, findProxy?: FindProxy): Promise<string> {
  const url = urlOf(link);
  const client = createHttpClient({ silence: 20_000, findProxy });
  try {
    const { status, body } = await client.send({ method: 'GET', url }, AbortSignal.timeout(30_000));
    if (status !== 200) {
      await body.dump();
      throw new TravasoError('PROFILE_LINK_INVALID', { host: new URL(url).host, status });
    }
    const pieces: Buffer[] = [];
    let octets = 0;
    for await (const piece of body) {
      octets += piece.length;
      if (octets > mostOctets) throw new TravasoError('PROFILE_INVALID', { field: '' });
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  } finally {
    await client.close();
  }
}

function urlOf(link: string): string {
  const text = link.trim();
  const full = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full) || new URL(full).protocol !== 'https:')
    throw new TravasoError('PROFILE_LINK_INVALID', { host: '', status: 0 });
  return full;
}
