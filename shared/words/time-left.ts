import type { TimeLeft } from '../progress/estimate.ts';
import type { Language } from './language.ts';

const hour = 60;
const day = 1440;

/** The lengths of time people use, in minutes. A range is rounded outward to these, so that it stays true. */
const steps = [
  1,
  2,
  3,
  5,
  10,
  15,
  20,
  30,
  40,
  50,
  ...[1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 18].map(hours => hours * hour),
  ...[1, 1.5, 2, 3, 4, 5, 7, 10, 14, 21, 30].map(days => days * day),
];

export interface HumanRange {
  /** Minutes; null when under the smallest step. */
  readonly from: number | null;
  /** Minutes; null when over the largest step. */
  readonly to: number | null;
}

export function humanRange(left: TimeLeft): HumanRange {
  return {
    from: steps.findLast(step => step * 60 <= left.fromSeconds) ?? null,
    to: steps.find(step => step * 60 >= left.toSeconds) ?? null,
  };
}

/** `tra 40 minuti e 1 ora`, `tra 2 e 3 ore`, `meno di 5 minuti`. To be put after "Mancano" or "Time left:". */
export function describeTimeLeft(left: TimeLeft, language: Language): string {
  const { from, to } = humanRange(left);
  if (to === null) return `${words[language].more} ${say(from ?? 1, language)}`;
  if (from === null) return `${words[language].less} ${say(to, language)}`;
  if (from === to) return `${words[language].about} ${say(to, language)}`;
  const { between, and } = words[language];
  const start =
    unitOf(from) === unitOf(to) && isWhole(from) && isWhole(to) ? String(from / unitOf(from)) : say(from, language);
  return `${between} ${start} ${and} ${say(to, language)}`.replaceAll(/(\d) /g, '$1\u00a0');
}

const words = {
  it: { between: 'tra', and: 'e', less: 'meno di', more: 'più di', about: 'circa' },
  en: { between: 'between', and: 'and', less: 'less than', more: 'more than', about: 'about' },
} as const;

const names = {
  it: {
    1: ['minuto', 'minuti', ''],
    [hour]: ['ora', 'ore', 'e mezza'],
    [day]: ['giorno', 'giorni', 'e mezzo'],
  },
  en: {
    1: ['minute', 'minutes', ''],
    [hour]: ['hour', 'hours', 'and a half'],
    [day]: ['day', 'days', 'and a half'],
  },
} as const;

type Unit = 1 | typeof hour | typeof day;

function unitOf(minutes: number): Unit {
  return minutes >= day ? day : minutes >= hour ? hour : 1;
}

function isWhole(minutes: number): boolean {
  return minutes % unitOf(minutes) === 0;
}

function say(minutes: number, language: Language): string {
  const unit = unitOf(minutes);
  const [one, many, half] = names[language][unit];
  const whole = Math.floor(minutes / unit);
  const text = `${whole} ${whole === 1 ? one : many}`;
  return isWhole(minutes) ? text : `${text} ${half}`;
}
