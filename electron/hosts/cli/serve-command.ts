import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import { product } from '../../../shared/product.ts';
import { serveInBrowser } from '../web/serve-in-browser.ts';
import { commandWords } from './command-words.ts';
import { languageOf } from './language-of.ts';
import type { CommandContext } from './run-command-line.ts';

/** Where the build puts the screens, seen from here. */
const rendererDir = fileURLToPath(new URL('../../../dist/renderer', import.meta.url));

export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('Apre l’assistente nel browser di questo computer. / Opens the assistant in this computer’s browser.')
    .option('--no-open', 'only print the link, which works once')
    .action(async (options: { readonly open: boolean }) => {
      const { io, engine } = context;
      const language = languageOf(io.env);
      await access(rendererDir).catch((cause: unknown) => {
        throw new TravasoError('INPUT_FILE_INVALID', { file: rendererDir }, { cause });
      });
      const host = await serveInBrowser({
        engine,
        env: io.env,
        language,
        rendererDir,
        version: product.version,
        open: options.open,
        showLink: link => {
          io.stdout.write(`${commandWords[language].openLink}\n  ${link}\n`);
        },
      });
      const asked = Promise.withResolvers<undefined>();
      const stop = (): void => {
        asked.resolve(undefined);
      };
      io.on('SIGINT', stop);
      io.on('SIGTERM', stop);
      await asked.promise;
      io.off('SIGINT', stop);
      io.off('SIGTERM', stop);
      await host.close();
    });
}
