/** Media types by the words that vCard 2.1 and 3.0 have for them. */
const mediaTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  bmp: 'image/bmp',
  tiff: 'image/tiff',
  webp: 'image/webp',
  heic: 'image/heic',
  wave: 'audio/wav',
  wav: 'audio/wav',
  aiff: 'audio/aiff',
  basic: 'audio/basic',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
  pgp: 'application/pgp-keys',
  x509: 'application/pkix-cert',
};

/** What is within a card as the `data:` address that vCard 4.0 wants (RFC 6350 section 6.2.4). */
export function mediaUri(name: string, base64: string, type: string | null): string {
  const word = type?.toLowerCase() ?? '';
  const known = mediaTypes[word] ?? (/^[\w.+-]+\/[\w.+-]+$/.test(word) ? word : null);
  return `data:${known ?? typeOfOctets(name, base64)};base64,${base64}`;
}

/** By the first octets, where the card does not say. */
function typeOfOctets(name: string, base64: string): string {
  const head = Buffer.from(base64.slice(0, 16), 'base64').toString('latin1');
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('BM')) return 'image/bmp';
  return head.startsWith('\xff\xd8') || name === 'PHOTO' || name === 'LOGO' ? 'image/jpeg' : 'application/octet-stream';
}
