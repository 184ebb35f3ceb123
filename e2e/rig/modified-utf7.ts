/** IMAP's encoding of mailbox names, RFC 3501 section 5.1.3. The rig's own, apart from the product's. */
export function encodeModifiedUtf7(name: string): string {
  return name.replaceAll('&', '&-').replaceAll(/[^\x20-\x7e]+/g, run => {
    const utf16 = Buffer.from(run, 'utf16le').swap16();
    return `&${utf16.toString('base64').replaceAll('=', '').replaceAll('/', ',')}-`;
  });
}
