import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/words/language.ts';
import { languageOf } from './language-of.ts';
import type { OutputOptions } from './follow-job.ts';
import type { CommandContext } from './run-command-line.ts';

/** What `--source` and `--target` take, for the help text. */
export const sourceKinds =
  'imap://user@host[:port], imaps://…, zimbra://user@host; or mail in files: pst:FILE, mbox:PATH, eml:DIR, ' +
  'maildir:DIR, tgz:FILE; contacts and calendars: items:PATH; or a path alone, which is recognised by its content';
export const targetKinds =
  'imap://user@host[:port], imaps://…, microsoft365:user@domain, carbonio://user@host, ' +
  'dav://user@host[:port][/path] for address books and calendars alone';

const recognisedAs: Readonly<Record<Language, string>> = { it: 'Riconosciuto', en: 'Recognised' };

/**
 * The address as typed; a path without a scheme is looked at and gets the scheme of what it holds. People type
 * `--source backup.pst` and `C:\Posta\backup.pst`, where the first reads as no address and the second as a scheme "C".
 *
 * @throws SOURCE_KIND_AMBIGUOUS with the addresses to choose from, INPUT_FILE_NOT_MAIL and the like
 */
export async function sourceAddress(
  typed: string,
  options: Pick<OutputOptions, 'json' | 'lang'>,
  { engine, io }: CommandContext,
): Promise<string> {
  const notAnAddress = whyNoAddress(typed);
  if (notAnAddress === null) return typed;
  const path = resolve(typed);
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (!exists) {
    if (!looksLikePath(typed)) throw notAnAddress;
    throw new TravasoError('INPUT_FILE_INVALID', { file: basename(path), reason: 'not-found' });
  }
  const { found, name } = await engine.api['file.recognise']({ path });
  const usable = found.flatMap(({ address, problem }) => (address === null || problem !== null ? [] : [address]));
  const [address, ...others] = usable;
  if (address === undefined) {
    const { code, details } = found.find(({ problem }) => problem !== null)?.problem ?? {
      code: 'INPUT_FILE_WRONG_KIND' as const,
      details: { file: name, reason: found[0]?.kind ?? '' },
    };
    throw new TravasoError(code, details);
  }
  if (others.length > 0) {
    if (options.json !== true) io.stderr.write(usable.map(choice => `${choice}\n`).join(''));
    const kinds = [...new Set(usable.map(choice => choice.slice(0, choice.indexOf(':') + 1)))].join(' ');
    throw new TravasoError('SOURCE_KIND_AMBIGUOUS', { file: name, kinds, choices: usable.join('\n') });
  }
  // Standard output is the result's; a script that wants to know the address writes it itself.
  if (options.json !== true) io.stderr.write(`${recognisedAs[options.lang ?? languageOf(io.env)]}: ${address}\n`);
  return address;
}

function whyNoAddress(typed: string): TravasoError | null {
  try {
    parseAccountAddress(typed);
    return null;
  } catch (error) {
    const { code, details } = problemOf(error);
    const isUnknown = code === 'ACCOUNT_KIND_UNSUPPORTED' || details['reason'] === 'no-scheme';
    if (!isUnknown || !(error instanceof TravasoError)) throw error;
    return error;
  }
}

/** Whether somebody who typed this meant a file, although there is none of that name. */
function looksLikePath(typed: string): boolean {
  return (
    /^[a-z]:[\\/]|^[./~]|[\\/]|\.(?:pst|ost|mbox|eml|zip|tgz|tar|gz|vcf|ics|csv)$/i.test(typed) &&
    !typed.includes('://')
  );
}
