/** Devices of Windows since DOS: a file of such a name, with any extension, cannot be made or goes to the device. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/** Characters. 255 octets are what ext4 and others take, and an Italian name seldom has two octets a letter. */
const longest = 120;
/** Longer extensions are no extensions but a sentence with a full stop. */
const longestExtension = 16;

/**
 * A sender's name for a file as every system takes it, and as it reads: characters that turn text around or cannot be seen
 * are gone (`fattura_<U+202E>fdp.exe` would read as `fattura_exe.pdf`), a path is reduced to its last segment, and the
 * extension, the last of several, stays whole and in sight when the name is too long.
 *
 * @param otherwise the name where nothing is left, itself safe
 */
export function safeFileName(name: string, otherwise: string): string {
  const segment = name.split(/[/\\]/).findLast(part => part.trim() !== '') ?? '';
  const safe = segment
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\uFEFF', '')
    // Tabs and line ends of folded names are white space; all else that cannot be seen says nothing.
    .replaceAll(/[\s\u2800\u3164\u115F\u1160\uFFA0]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    // A colon would name another stream of the file (NTFS) and could take the mark of the web away.
    .replaceAll(/[<>:"|?*]/g, '-')
    .trim();
  const short = withoutTail(shortened(withoutTail(safe)).replace(/^[. ]+/, ''));
  if (short === '') return otherwise;
  return reserved.test(short) ? `_${short}` : short;
}

/** Windows drops blanks and dots at the end, so that two names become one and `x.exe.` an `x.exe`. */
function withoutTail(name: string): string {
  return name.replace(/[ .]+$/, '').trimStart();
}

function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= longest) return name;
  const extension = Array.from(/\.[^. ]+$/.exec(name)?.[0] ?? '');
  const tail = extension.length <= longestExtension ? extension : [];
  const head = characters.slice(0, longest - tail.length - 1).join('');
  return `${withoutTail(head)}…${tail.join('')}`;
}
