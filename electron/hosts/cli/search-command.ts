import { Option } from 'commander';
import type { Command } from 'commander';
import { problemOf } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import { messageSorts } from '../../../shared/model/message-list.ts';
import type { ArchiveView, MessageSort, SearchHit } from '../../../shared/model/message-list.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { describeHint } from '../../../shared/words/search-hints.ts';
import { addOutputOptions } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { languageOf } from './language-of.ts';
import { prepareIndex } from './prepare-index.ts';
import type { CommandContext } from './run-command-line.ts';
import { searchWords } from './search-words.ts';

interface SearchArguments extends OutputOptions {
  readonly archive: string;
  readonly limit?: string;
  readonly sort: MessageSort;
  readonly ascending?: true;
}

const help = `
parole "una frase" inizio* -esclusa  da: a: oggetto: corpo: allegato: cartella: dal: al: data: tipo:
words  "a phrase"  start*  -not      from: to: subject: body: attachment: folder: since: until: date: type:

  travaso search --archive DIR verbale da:rossi data:2019
  travaso search --archive DIR rossi tipo:contatto
  travaso search --archive DIR 'oggetto:"consiglio comunale" dal:01/03/2019 al:ieri'`;

/** Lines of a person's screen; a script reads them all. */
const usualLimit = 50;
const pageSize = 200;

export function addSearchCommand(program: Command, context: CommandContext): void {
  const search = program
    .command('search')
    .description(
      'Cerca nell’archivio: messaggi, contatti, appuntamenti. / Looks for messages, contacts, appointments in the archive.',
    )
    .argument('<query...>', 'what to look for')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .option('--limit <count>', `how many to show (${usualLimit}; with --json all)`)
    .addOption(new Option('--sort <order>', 'order').choices([...messageSorts]).default('date'))
    .option('--ascending', 'oldest, smallest or first in the alphabet first')
    .addHelpText('after', help)
    // `-parola` leaves a word out; without this it would be taken for an option.
    .allowUnknownOption()
    .action(async (words: string[], options: SearchArguments) => {
      await runSearch(words.join(' '), options, context);
    });
  addOutputOptions(search);
}

async function runSearch(query: string, options: SearchArguments, context: CommandContext): Promise<void> {
  const { engine, io } = context;
  const { archive, sort, ascending = false } = options;
  const json = options.json === true;
  const language = options.lang ?? languageOf(io.env);
  const limit = Number(options.limit ?? (json ? Infinity : usualLimit));
  const view = await engine.api['archive.open']({ archive });
  let index = await prepareIndex(archive, context, { language, json });
  const direction = ascending ? 'ascending' : 'descending';
  let shown = 0;
  for (;;) {
    const wanted = Math.min(pageSize, limit - shown);
    if (wanted <= 0) break;
    const page = { archive, query, sort, direction, offset: shown, limit: wanted } as const;
    const answer = await engine.api['messages.search'](page).catch(async (error: unknown) => {
      if (problemOf(error).code !== 'SEARCH_INDEX_MISSING') throw error;
      // It looked whole and turned out damaged: it is made again, and the question put again.
      index = await prepareIndex(archive, context, { language, json });
      return await engine.api['messages.search'](page);
    });
    for (const hit of answer.hits) io.stdout.write(json ? hitEvent(hit, view) : hitLines(hit, view, io, language));
    shown += answer.hits.length;
    if (answer.hits.length > 0 && shown < answer.total && shown < limit) continue;
    const { total, hint } = answer;
    if (json) {
      const messages = { found: total, shown };
      const line = { event: 'result', status: 'succeeded', messages, hint, index: { incomplete: index.incomplete } };
      io.stdout.write(`${JSON.stringify(line)}\n`);
    } else {
      const words = searchWords[language];
      const found = view.itemFolders.length === 0 ? words.found : words.foundSome;
      const rest = shown < total ? `\n${words.more}` : '';
      const said = hint === null ? [] : [describeHint(hint, language)];
      io.stdout.write(`${[`${found(formatNumber(total, language))}${rest}`, ...said].join('\n')}\n`);
      if (index.rebuiltAfterDamage) io.stderr.write(`${words.rebuilt}\n`);
    }
    return;
  }
}

type Folders = Pick<ArchiveView, 'folders' | 'itemFolders'>;

function folderName({ folder: number, item }: SearchHit, view: Folders): readonly string[] {
  const folders = item === null ? view.folders : view.itemFolders;
  return folders.find(({ folder }) => folder === number)?.path ?? [];
}

function hitEvent(hit: SearchHit, folders: Folders): string {
  const { number, subject, from, to, date, size, flags, keywords, attachments, thread, absent } = hit;
  const type = hit.item ?? 'message';
  const about = { type, number, subject, from, to, date, size, flags, keywords, attachments, thread, absent };
  const snippet = hit.snippet.map(({ text }) => text).join('');
  return `${JSON.stringify({ event: 'hit', folder: folderName(hit, folders), ...about, snippet })}\n`;
}

function hitLines(hit: SearchHit, folders: Folders, { stdout }: CommandContext['io'], language: Language): string {
  const mark = (segments: SearchHit['snippet']): string =>
    segments
      .map(({ text, hit: isHit }) => (isHit && stdout.isTTY === true ? `\x1b[1m${clean(text)}\x1b[22m` : clean(text)))
      .join('');
  const date = (hit.date ?? '').slice(0, 10).padEnd(10);
  const sender = hit.from.name === '' ? hit.from.address : hit.from.name;
  const from = cut(hit.item === null ? clean(sender) : searchWords[language].kinds[hit.item], 24).padEnd(24);
  const subject = hit.subject === '' ? searchWords[language].noSubject : mark(hit.subjectSegments);
  const folder = clean(displayPath(folderName(hit, folders)));
  return `${date}  ${from}  ${subject}  [${folder}]\n            ${mark(hit.snippet)}\n`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Mail may hold what a terminal takes for a command. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, ' ');
}
