import { createHash } from 'node:crypto';
import { folderKey, type FolderPath } from '../../../../shared/model/folder.ts';
import { encodeModifiedUtf7 } from '../../imap/modified-utf7.ts';
import type { TargetName } from '../mail-target.ts';
import type { NameRules } from './name-rules.ts';

type RenameReason = NonNullable<TargetName['renamed']>['reason'];

/** Stands for every character a server cannot take: plain everywhere, and the report lists both names side by side. */
const substitute = '-';

/**
 * C0, DEL, C1 and the two Unicode line ends, which RFC 6855 section 3 forbids in mailbox names and Dovecot refuses in
 * part; and half surrogate pairs, which no encoding can carry.
 */
const unsayable = /[\p{Cc}\u2028\u2029]|\p{Cs}/gu;

/** Room that a shortened name needs to stay recognisable: some letters, a dash and the hash. */
const shortestTail = 24;
const hashLength = 8;

/**
 * The name under which a server with these rules can hold a folder. Two paths can meet in one name (`a/b` and `a-b`;
 * `INBOX/x` and `x` under a prefix of `INBOX.`): whoever maps a whole tree compares `nameKey` and chooses another.
 * Never throws, whatever the path holds.
 */
export function targetName(path: FolderPath, rules: NameRules): TargetName {
  const [first = '', ...rest] = path;
  if (first.toUpperCase() === 'INBOX' && rest.length === 0) return { name: 'INBOX', renamed: null };

  const reasons = new Set<RenameReason>();
  const below = first.toUpperCase() === 'INBOX' ? inboxChildren(rules) : null;
  const parent = below ?? rules.prefix;
  const segments = (below === null ? (path.length === 0 ? [''] : path) : rest).map((segment, depth) =>
    legalSegment(segment, depth === 0 && parent === rules.prefix, rules, reasons),
  );
  const fitting = segments.map(segment => shortened(segment, segment, rules.maxSegmentOctets, rules, reasons));
  const hierarchical = rules.separator === null ? [fitting.join(substitute)] : notTooDeep(fitting, rules);
  if (hierarchical.length < fitting.length) reasons.add(rules.separator === null ? 'illegal-characters' : 'too-long');

  const name = wholeName(parent, hierarchical, path, rules, reasons);
  const reason = (['too-long', 'illegal-characters', 'reserved'] as const).find(each => reasons.has(each));
  return { name, renamed: reason === undefined ? null : { reason } };
}

/**
 * Equal for two names that the server takes for one folder. INBOX and what lies below it are folded on every server.
 */
export function nameKey(name: string, rules: NameRules): string {
  if (rules.caseInsensitive) return name.normalize('NFC').toLowerCase();
  return name.replace(/^inbox(?=$|[./])/i, 'INBOX');
}

/** The path of a folder that the server lists: its name without the personal prefix, split at the separator. */
export function pathOfName(name: string, rules: NameRules): FolderPath {
  if (name.toUpperCase() === 'INBOX') return ['INBOX'];
  const own = name.startsWith(rules.prefix) ? name.slice(rules.prefix.length) : name;
  return rules.separator === null ? [own] : own.split(rules.separator);
}

/** The names above this one, outermost first; the namespace prefix and INBOX always exist and are left out. */
export function parentNames(name: string, rules: NameRules): readonly string[] {
  const { prefix, separator } = rules;
  if (separator === null) return [];
  const head = name.startsWith(prefix) ? prefix : '';
  const levels = name.slice(head.length).split(separator);
  return levels
    .slice(1)
    .map((_, above) => head + levels.slice(0, above + 1).join(separator))
    .filter(parent => parent.toUpperCase() !== 'INBOX');
}

/**
 * Where children of INBOX go. Under a prefix of `INBOX.` every folder is one already, and a second INBOX below it is
 * refused by Cyrus ("INBOX.INBOX" is reserved there), so they sit beside the others.
 */
function inboxChildren(rules: NameRules): string {
  if (rules.separator === null) return `INBOX${substitute}`;
  const inbox = `INBOX${rules.separator}`;
  return rules.prefix.toUpperCase() === inbox ? rules.prefix : inbox;
}

function legalSegment(raw: string, leads: boolean, rules: NameRules, reasons: Set<RenameReason>): string {
  let segment = raw.replaceAll(unsayable, substitute);
  for (const character of new Set([...rules.illegal, ...(rules.separator === null ? [] : [rules.separator])])) {
    segment = segment.replaceAll(character, substitute);
  }
  segment = withoutOuterBlanks(segment, rules);
  if (segment !== raw) reasons.add('illegal-characters');

  const usable = withoutMeaning(segment, leads, rules);
  if (usable !== segment) reasons.add('reserved');
  return usable;
}

function withoutOuterBlanks(segment: string, rules: NameRules): string {
  switch (rules.outerBlanks) {
    case 'kept':
      return segment;
    case 'trailing-trimmed':
      return segment.trimEnd();
    case 'trimmed':
      return segment.trim();
  }
}

/** `.` and `..` climb and a leading `~` is a home directory where folders are directories; an empty one is none. */
function withoutMeaning(segment: string, leads: boolean, rules: NameRules): string {
  if (segment === '') return substitute;
  if (segment === '.' || segment === '..') return substitute.repeat(segment.length);
  if (leads && segment.startsWith('~')) return substitute + segment.slice(1);
  return rules.reserved.has(segment.toLowerCase()) ? segment + substitute : segment;
}

/** The levels that are one too many stand in the name of the deepest one allowed. */
function notTooDeep(segments: readonly string[], { maxDepth }: NameRules): readonly string[] {
  if (maxDepth === null || segments.length <= maxDepth) return segments;
  return [...segments.slice(0, maxDepth - 1), segments.slice(maxDepth - 1).join(substitute)];
}

function wholeName(
  parent: string,
  segments: readonly string[],
  path: FolderPath,
  rules: NameRules,
  reasons: Set<RenameReason>,
): string {
  const separator = rules.separator ?? '';
  const whole = parent + segments.join(separator);
  if (octets(whole) <= rules.maxNameOctets) return whole;
  // The ancestors keep their names as far as they fit, so that a folder stays below the parent it belongs to.
  for (let kept = segments.length - 1; kept >= 0; kept--) {
    const head =
      parent +
      segments
        .slice(0, kept)
        .map(segment => segment + separator)
        .join('');
    const room = Math.min(rules.maxNameOctets - octets(head), rules.maxSegmentOctets);
    if (room >= shortestTail || kept === 0) {
      return head + shortened(segments.slice(kept).join(substitute), folderKey(path), room, rules, reasons);
    }
  }
  return whole;
}

/** Cut at a character, with a hash of `origin` behind it, so that two long names with one beginning stay two. */
function shortened(
  text: string,
  origin: string,
  maxOctets: number,
  rules: NameRules,
  reasons: Set<RenameReason>,
): string {
  const fits = (candidate: string): boolean =>
    octets(candidate) <= maxOctets && candidate.length <= rules.maxSegmentCharacters;
  if (fits(text) && origin === text) return text;
  reasons.add('too-long');
  const hash = createHash('sha256').update(origin).digest('hex').slice(0, hashLength);
  const characters = Array.from(graphemes.segment(text.slice(0, maxOctets)), ({ segment }) => segment);
  const withHash = (): string => `${characters.join('').trimEnd()}${substitute}${hash}`;
  while (characters.length > 0 && !fits(withHash())) characters.pop();
  return withHash();
}

/** What a person sees as one character is cut as one. */
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** As sent (modified UTF-7) or as stored in UTF-8, whichever is longer: Dovecot has a setting for either. */
function octets(name: string): number {
  return Math.max(encodeModifiedUtf7(name).length, Buffer.byteLength(name));
}
