import { convert } from 'html-to-text';
import { TravasoError } from '../../../../../shared/errors.ts';
import { recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import type { ItemContent, SourceItem } from '../../item-source.ts';
import { hashOf, textItem } from './account-items.ts';
import { gatherItem } from './download-item.ts';
import { once } from './once.ts';

const largestImage = 8 * 1024 * 1024;

/** Each signature as it reads and, where it is HTML, as it looks, with its images inside the file. */
export function signatureItems(session: SoapSession, signatures: readonly JsonRecord[]): readonly SourceItem[] {
  return signatures.flatMap((signature, index) => {
    const id = textOf(signature['id']) ?? String(index + 1);
    const name = textOf(signature['name']) ?? '';
    const contents = recordsOf(signature['content']);
    const of = (type: string): string | null =>
      textOf(contents.find(content => textOf(content['type']) === type)?.['_content'] ?? null);
    const html = of('text/html');
    const text = of('text/plain') ?? (html === null ? null : convert(html, { wordwrap: false }));
    return [
      ...(html === null ? [] : [htmlItem(session, { id, name, html })]),
      ...(text === null ? [] : [textItem(`${id}.txt`, name, 'txt', `${text.replace(/\n+$/, '')}\n`)]),
    ];
  });
}

function htmlItem(
  session: SoapSession,
  { id, name, html }: { readonly id: string; readonly name: string; readonly html: string },
): SourceItem {
  return {
    key: `${id}.html`,
    mark: hashOf(html),
    async read(signal): Promise<ItemContent> {
      const { page, lost } = await withImages(session, html, signal);
      const details = { folder: 'Firme', kind: 'signature', item: id, name, reason: 'image' };
      return {
        name,
        extension: 'html',
        mediaType: 'text/html',
        octets: once(Buffer.from(page, 'utf8')),
        problem: lost ? { code: 'ITEM_INCOMPLETE', details } : null,
      };
    },
  };
}

/**
 * Images on the mailbox's own server go with it, so they are put into the page; those on the open web stay where they
 * are: fetching them would tell somebody that the page was opened.
 */
async function withImages(
  session: SoapSession,
  html: string,
  signal: AbortSignal,
): Promise<{ readonly page: string; readonly lost: boolean }> {
  let lost = false;
  let page = html;
  const addresses = [...html.matchAll(/<img\b[^>]*?\s(?:src|dfsrc)\s*=\s*["']([^"']+)["']/gi)].map(
    match => match[1] ?? '',
  );
  for (const address of new Set(addresses)) {
    if (/^(?:data:|cid:)/i.test(address)) continue;
    const path = ownPath(session.origin, address);
    if (path === null) continue;
    const image = await readImage(session, path, signal);
    if (image === null) lost = true;
    else page = page.replaceAll(address, `data:${mediaTypeOf(image)};base64,${image.toString('base64')}`);
  }
  return { page, lost };
}

/** What is asked of the person's own home: by id, or by the path below it. Null for any other server. */
function ownPath(origin: string, address: string): { readonly folder: string; readonly query: URLSearchParams } | null {
  try {
    const url = new URL(address.replaceAll('&amp;', '&').replace(/^doc:\/?/i, `${origin}/home/~/`), origin);
    const match = /^\/(?:service\/)?home\/[^/]+\/?(.*)$/.exec(url.pathname);
    if (url.origin !== origin || match === null) return null;
    return { folder: decodeURIComponent(match[1] ?? ''), query: url.searchParams };
  } catch {
    return null;
  }
}

async function readImage(
  session: SoapSession,
  { folder, query }: { readonly folder: string; readonly query: URLSearchParams },
  signal: AbortSignal,
): Promise<Buffer | null> {
  const id = query.get('id');
  const asked = id === null ? { disp: 'a' } : { id, disp: 'a' };
  try {
    const download = { session, path: folder, query: asked, size: null, details: { kind: 'signature' } };
    return await gatherItem(download, largestImage, signal);
  } catch (thrown) {
    if (thrown instanceof TravasoError && thrown.code === 'ITEM_UNREADABLE') return null;
    throw thrown;
  }
}

function mediaTypeOf(octets: Buffer): string {
  const head = octets.subarray(0, 12).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  return head.startsWith('\xff\xd8') ? 'image/jpeg' : head.includes('<') ? 'image/svg+xml' : 'application/octet-stream';
}
