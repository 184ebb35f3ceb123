import { errorCodes, type ErrorCode, type Problem } from '../errors.ts';
import { english } from './en/english.ts';
import { formatBytes, formatDay, formatNumber, formatWait } from './format.ts';
import { italian } from './it/italian.ts';
import type { Language } from './language.ts';
import type { Sentences } from './sentences.ts';

export interface Explanation extends Sentences {
  readonly code: ErrorCode;
  /** `T-103`, as read aloud to the help desk; also the beginning of `desk`. */
  readonly deskCode: string;
}

export const sentencesOf: Readonly<Record<Language, Readonly<Record<ErrorCode, Sentences>>>> = {
  it: italian,
  en: english,
};

/**
 * A problem in words. The result is plain text for one person: it may hold folder and file names, cleaned of
 * anything that could disturb a terminal or turn the text around, but not escaped for any markup.
 */
export function explain(problem: Problem, language: Language): Explanation {
  const sentences = sentencesOf[language][problem.code];
  const deskCode = errorCodes[problem.code].desk;
  const fill = (template: string) => fillPlaceholders(template, problem, language);
  return {
    code: problem.code,
    deskCode,
    happened: fill(sentences.happened),
    safe: fill(sentences.safe),
    now: fill(sentences.now),
    desk: `${language === 'it' ? 'Codice' : 'Code'} ${deskCode}${reasonOf(problem)}. ${fill(sentences.desk)}`,
  };
}

/** `{name}` or `{name|what to say without it}`. */
export const placeholderPattern = /\{(?<name>[a-zA-Z]+)(?:\|(?<fallback>[^{}]*))?\}/g;

function fillPlaceholders(template: string, problem: Problem, language: Language): string {
  return template.replaceAll(placeholderPattern, (_, name: string, fallback: string | undefined) => {
    const value = name === 'wait' ? waitOf(problem, language) : detailOf(problem, name, language);
    return value ?? fallback ?? '';
  });
}

/** Only a word of ours: anything longer could be a server's or a library's text, which helps nobody here. */
function reasonOf({ details }: Problem): string {
  const reason = details['reason'];
  return typeof reason === 'string' && /^[a-z][a-z0-9-]{1,39}$/i.test(reason) ? ` (${reason})` : '';
}

function waitOf(problem: Problem, language: Language): string | null {
  return problem.retryAfterMs === undefined ? null : formatWait(problem.retryAfterMs, language);
}

function detailOf(problem: Problem, name: string, language: Language): string | null {
  const value = Object.hasOwn(problem.details, name) ? problem.details[name] : undefined;
  if (typeof value === 'number') return formatDetail(name, value, language);
  if (typeof value !== 'string') return null;
  if (name.endsWith('Day') && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, language);
  const text = plainText(value);
  return text === '' ? null : text;
}

function formatDetail(name: string, value: number, language: Language): string {
  if (name.endsWith('Bytes')) return formatBytes(value, language);
  // A port or a line is a name made of digits: it is never grouped.
  return name === 'port' || name === 'line' ? String(value) : formatNumber(value, language);
}

const longest = 80;

/**
 * Names come from strangers' mailboxes. Controls could move a terminal's cursor, bidirectional overrides could turn a
 * sentence round (Unicode UAX #9), and a name of a thousand letters would bury the advice.
 */
function plainText(value: string): string {
  const text = value
    .slice(0, 10 * longest)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}
