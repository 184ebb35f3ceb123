import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import type { MessageView, Pec, Person } from '../../../shared/model/message-view.ts';
import { formatBytes, formatDateTime } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { addOutputOptions } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { languageOf } from './language-of.ts';
import type { CommandContext } from './run-command-line.ts';
import { showWords } from './show-words.ts';

interface ShowArguments extends OutputOptions {
  readonly archive: string;
  readonly inside?: string[];
  readonly envelope?: true;
  readonly part?: string;
  readonly save?: string;
}

const help = `
  travaso show --archive DIR INBOX 12
  travaso show --archive DIR INBOX 12 --save messaggio.eml
  travaso show --archive DIR INBOX 12 --part 2 --save allegato.pdf`;

/** One message, for the help desk and for scripts: what it says, what is attached, and either of them as a file. */
export function addShowCommand(program: Command, context: CommandContext): void {
  const show = program
    .command('show')
    .description('Mostra un messaggio dell’archivio, o lo salva. / Shows or saves a message of the archive.')
    .argument('<folder>', 'name of the folder, or its number')
    .argument('<message>', 'number of the message in the folder')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .option('--inside <part...>', 'open the mail attached as this part')
    .option('--envelope', 'of certified mail (PEC) the envelope instead of the message')
    .option('--part <part>', 'with --save: this attachment instead of the message')
    .option('--save <file>', 'write it to a new file instead')
    .addHelpText('after', help)
    .action(async (folder: string, message: string, options: ShowArguments) => {
      await runShow(folder, message, options, context);
    });
  addOutputOptions(show);
}

async function runShow(
  folderText: string,
  messageText: string,
  options: ShowArguments,
  { engine: { api }, io }: CommandContext,
): Promise<void> {
  const { archive, inside = [], part, save, envelope } = options;
  const language = options.lang ?? languageOf(io.env);
  const number = Number(messageText);
  if (!Number.isSafeInteger(number)) throw new TravasoError('USAGE_INVALID', { argument: messageText });
  if (part !== undefined && save === undefined) throw new TravasoError('USAGE_INVALID', { argument: '--part' });
  const { folders } = await api['archive.open']({ archive });
  const named = { archive, folder: folderOf(folders, folderText), number };
  if (save === undefined) {
    const view = await api['message.read']({ ...named, inside, pec: envelope === true ? 'envelope' : 'inner' });
    if (options.json === true) {
      // Pictures are for eyes; a script that wants one saves its part.
      const message = { ...view, images: view.images.map(({ contentId, type }) => ({ contentId, type })) };
      io.stdout.write(`${JSON.stringify({ event: 'result', status: 'succeeded', message })}\n`);
    } else io.stdout.write(described(view, folders, language));
    return;
  }
  const { written } =
    part === undefined
      ? await api['message.save']({ ...named, to: save })
      : await api['message.savePart']({ ...named, inside, part, to: save });
  const said = showWords[language].saved(`${save} (${formatBytes(written, language)})`);
  io.stdout.write(
    options.json === true
      ? `${JSON.stringify({ event: 'result', status: 'succeeded', written, to: save })}\n`
      : `${said}\n`,
  );
}

function folderOf(folders: ArchiveView['folders'], text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : null;
  const found = folders.find(({ folder, path }) => folder === number || displayPath(path) === text);
  if (found === undefined) throw new TravasoError('ARCHIVE_FOLDER_UNKNOWN');
  return found.folder;
}

function described(view: MessageView, folders: ArchiveView['folders'], language: Language): string {
  const words = showWords[language];
  const { headers, pec, signature, text, parts } = view;
  const field = (name: string, value: string): string[] => (value === '' ? [] : [`${name}: ${clean(value)}`]);
  const attached = parts.map(({ part, name, type, octets }) => {
    const size = octets === null ? '' : `, ${formatBytes(octets, language)}`;
    return `  [${part}] ${clean(name)} (${clean(type)}${size})`;
  });
  const lines = [
    ...field(words.from, peopleOf(headers.from)),
    ...field(words.to, peopleOf(headers.to)),
    ...field(words.cc, peopleOf(headers.cc)),
    ...field(words.date, headers.date === null ? '' : formatDateTime(headers.date, language)),
    ...field(words.subject, headers.subject),
    ...(pec === null ? [] : describedPec(pec, folders, language)),
    ...(signature === null ? [] : [`${words.notChecked} (${signature.kind})`]),
    '',
    text === null || text.body.trim() === '' ? words.noText : clean(text.body, '\n'),
    ...(text?.cut === true ? [words.cut] : []),
    ...(attached.length === 0 ? [] : ['', `${words.attachments}:`, ...attached]),
  ];
  return `${lines.join('\n')}\n`;
}

function describedPec(pec: Pec, folders: ArchiveView['folders'], language: Language): string[] {
  const words = showWords[language];
  const date = pec.date === null ? '' : `, ${formatDateTime(pec.date, language)}`;
  const provider = pec.provider === '' ? '' : ` (${words.provider}: ${clean(pec.provider)}${date})`;
  const related = pec.related.map(({ folder, number, what }) => {
    const path = folders.find(each => each.folder === folder)?.path ?? [];
    return `${words.what[what]} ${clean(displayPath(path))} ${number}`;
  });
  return [
    `PEC: ${words.pec[pec.kind]}${provider}`,
    ...(pec.concerns === null ? [] : [`${words.concerns}: ${clean(pec.concerns)}`]),
    ...(pec.error === null ? [] : [`${words.error}: ${clean(pec.error)}`]),
    ...(related.length === 0 ? [] : [`${words.related}: ${related.join('; ')}`]),
  ];
}

function peopleOf(people: readonly Person[]): string {
  return people
    .map(({ name, address }) => (name === '' ? address : address === '' ? name : `${name} <${address}>`))
    .join(', ');
}

/** Mail may hold what a terminal takes for a command, or what turns a line around. @param kept one that stays */
function clean(text: string, kept = ''): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, sign =>
    sign === kept ? sign : ' ',
  );
}
