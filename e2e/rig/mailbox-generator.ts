import type { FolderPath, FolderRole } from '../../shared/model/folder.ts';
import { systemFlags, type SystemFlag } from '../../shared/model/message.ts';
import { person, topic } from './italian-text.ts';
import { buildMessage } from './message-builder.ts';
import { mailDate, romeOffset, summerEnd, summerStart } from './rome-time.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

export interface GeneratedMessage {
  readonly folder: FolderPath;
  /** Lines end by CRLF. */
  readonly octets: Buffer;
  /** Whole seconds. */
  readonly internalDate: Date;
  readonly flags: readonly SystemFlag[];
  readonly keywords: readonly string[];
}

export interface GeneratedFolder {
  readonly path: FolderPath;
  readonly role: FolderRole | null;
  /** Share of the messages, relative to the other folders. */
  readonly weight: number;
}

export interface MailboxOptions {
  readonly messages: number;
  /** Same seed and options, same mailbox. Default: 1. */
  readonly seed?: number;
  /** Octets. Default: 12 KiB. */
  readonly medianSize?: number;
  /** Spread of the sizes (log-normal sigma). Default: 1.4, which puts 1 % over about 300 KB; 0 makes all alike. */
  readonly sizeSpread?: number;
  /** Share of messages of 5 to 10 MB. Default: 0.003. */
  readonly largeShare?: number;
  /** Default: `italianMailbox`. */
  readonly folders?: readonly GeneratedFolder[];
  /** Share of messages that are an exact copy of an earlier one, half of them in the same folder. Default: 0.02. */
  readonly duplicateShare?: number;
}

/** The folders of somebody who has been in office for twenty years. INBOX first; no name holds `.` or `/`. */
export const italianMailbox: readonly GeneratedFolder[] = [
  { path: ['INBOX'], role: 'inbox', weight: 40 },
  { path: ['Posta inviata'], role: 'sent', weight: 20 },
  { path: ['Bozze'], role: 'drafts', weight: 2 },
  { path: ['Cestino'], role: 'trash', weight: 4 },
  { path: ['Posta indesiderata'], role: 'junk', weight: 3 },
  { path: ['Attività'], role: null, weight: 5 },
  { path: ['Progetti'], role: null, weight: 2 },
  { path: ['Progetti', '2023'], role: null, weight: 3 },
  { path: ['Progetti', '2023', 'Città di Napoli'], role: null, weight: 5 },
  { path: ['Progetti', '2023', 'Città di Napoli', 'Offerte & gare'], role: null, weight: 3 },
  { path: ['Amministrazione', 'Fatture già pagate'], role: null, weight: 5 },
  { path: ['📎 Allegati grandi'], role: null, weight: 2 },
  { path: ['Perché no? (varie)'], role: null, weight: 2 },
  { path: ['Ufficio "Protocollo"'], role: null, weight: 2 },
  { path: ['日本 – gemellaggio'], role: null, weight: 1 },
  { path: ['Vuota'], role: null, weight: 0 },
];

/**
 * The messages of a mailbox, one at a time: each is drawn from its own number alone, so memory stays flat however
 * many there are, and message `n` is the same whether or not those before it were asked for.
 */
export function* generateMailbox(options: MailboxOptions): Generator<GeneratedMessage> {
  const settings = withDefaults(options);
  for (let index = 0; index < settings.messages; index += 1) yield messageAt(settings, index);
}

type Settings = Required<MailboxOptions>;

function withDefaults(options: MailboxOptions): Settings {
  return {
    seed: 1,
    medianSize: 12 * 1024,
    sizeSpread: 1.4,
    largeShare: 0.003,
    folders: italianMailbox,
    duplicateShare: 0.02,
    ...options,
  };
}

function messageAt(settings: Settings, index: number): GeneratedMessage {
  const random = seededRandom(settings.seed, index);
  const folder = random.weighted(settings.folders);
  const original = originalOf(settings, index, random);
  if (original !== null) {
    const copied = messageAt(settings, original);
    const inSameFolder = random.chance(0.5);
    // Sometimes the very same flags and date, sometimes not: both kinds of copy must survive as two messages.
    const alike = inSameFolder && random.chance(0.5);
    return {
      folder: inSameFolder ? copied.folder : folder.path,
      octets: copied.octets,
      internalDate: alike ? copied.internalDate : internalDateOf(random),
      ...(alike ? { flags: copied.flags, keywords: copied.keywords } : attributesOf(folder, random)),
    };
  }
  const internalDate = internalDateOf(random);
  const size = random.chance(settings.largeShare)
    ? 5e6 + random.below(5e6)
    : Math.min(random.logNormal(settings.medianSize, settings.sizeSpread), 5e6);
  return {
    folder: folder.path,
    octets: buildMessage(headOf(settings, index, internalDate, random), size, random),
    internalDate,
    ...attributesOf(folder, random),
  };
}

/** The earlier message this one copies, or null. A copy of a copy is looked up until its first original. */
function originalOf(settings: Settings, index: number, random: SeededRandom): number | null {
  if (index === 0 || !random.chance(settings.duplicateShare)) return null;
  const earlier = random.below(index);
  const before = seededRandom(settings.seed, earlier);
  before.weighted(settings.folders);
  return originalOf(settings, earlier, before) ?? earlier;
}

function headOf(settings: Settings, index: number, internalDate: Date, random: SeededRandom) {
  const threadOf = random.chance(0.35) && index > 0 ? random.below(index) : null;
  const subject = topic(seededRandom(settings.seed, threadOf ?? index, 1));
  const references = threadOf === null ? [] : [messageIdOf(settings, threadOf)];
  // The Date header is the sender's clock: minutes before the arrival, in the sender's zone, at times plainly wrong.
  const sent = new Date(internalDate.getTime() - random.below(600_000));
  const zone = random.chance(0.9) ? romeOffset(sent) : random.pick([0, -300, 330, 780]);
  const hasId = !random.chance(0.03);
  return {
    from: person(random),
    to: Array.from({ length: 1 + random.below(4) }, () => person(random)),
    subject: threadOf === null ? subject : `R: ${subject}`,
    date: random.chance(0.005) ? 'Thu, 01 Jan 1970 00:00:00 +0000' : mailDate(sent, zone),
    references,
    ...(hasId ? { messageId: messageIdOf(settings, index) } : {}),
  };
}

function messageIdOf(settings: Settings, index: number): string {
  return `<${index}.${settings.seed}.travaso@posta.esempio.it>`;
}

const firstYear = 2005;

/** Spread over twenty years, with a heap in the hours around the clock changes, where conversions go wrong. */
function internalDateOf(random: SeededRandom): Date {
  const year = firstYear + random.below(20);
  if (random.chance(0.03)) {
    const change = random.chance(0.5) ? summerStart(year) : summerEnd(year);
    return new Date(change.getTime() + (random.below(7_200) - 3_600) * 1_000);
  }
  return new Date(Date.UTC(year, 0, 1) + random.below(365 * 86_400) * 1_000);
}

/** Fewer than 26 in all: a Maildir file name holds one letter for each keyword of its folder. */
const keywordChances: readonly (readonly [keyword: string, chance: number])[] = [
  ['$Forwarded', 0.08],
  ['NonJunk', 0.3],
  ['$MDNSent', 0.03],
  ['$label1', 0.02],
  ['Da-fare', 0.03],
  ['Urgente', 0.02],
  ['Pratica_45/2023', 0.02],
  ['In-attesa', 0.01],
];

function attributesOf(folder: GeneratedFolder, random: SeededRandom): Pick<GeneratedMessage, 'flags' | 'keywords'> {
  const chances: Readonly<Record<SystemFlag, number>> = {
    '\\Seen': folder.role === 'inbox' ? 0.8 : 0.95,
    '\\Answered': 0.15,
    '\\Flagged': 0.04,
    '\\Deleted': folder.role === 'trash' ? 0.3 : 0.005,
    '\\Draft': folder.role === 'drafts' ? 0.95 : 0.002,
  };
  return {
    flags: systemFlags.filter(flag => random.chance(chances[flag])),
    keywords: keywordChances.filter(([, chance]) => random.chance(chance)).map(([keyword]) => keyword),
  };
}
