import { Option } from 'commander';
import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import { tlsModes } from '../../../shared/account-address.ts';
import type { TlsMode } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import type { CommandContext } from './run-command-line.ts';

export interface AccountOptions {
  readonly tls?: TlsMode;
  readonly ca?: string;
  readonly passwordEnv?: string;
  readonly passwordStdin?: true;
}

/** The options of every command that signs in somewhere. A password never stands on the command line itself. */
export function addAccountOptions(command: Command): Command {
  return command
    .addOption(new Option('--tls <mode>', 'how the connection is protected').choices([...tlsModes]))
    .option('--ca <file>', 'a further certificate authority to trust (PEM)')
    .option('--password-env <name>', 'environment variable that holds the password')
    .option('--password-stdin', 'read the password from the first line of standard input');
}

/** Hands the password to the engine and gives the account as the contract wants it. */
export async function signIn(address: string, options: AccountOptions, context: CommandContext): Promise<Account> {
  const password = await passwordOf(options, context);
  const { signInId } =
    password === null ? { signInId: null } : await context.engine.api['signIn.password']({ password });
  return {
    address,
    signInId,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.ca === undefined ? {} : { caFile: options.ca }),
  };
}

async function passwordOf(options: AccountOptions, { io }: CommandContext): Promise<string | null> {
  if (options.passwordEnv !== undefined) {
    const password = io.env[options.passwordEnv];
    if (password === undefined) throw new TravasoError('PASSWORD_MISSING', { variable: options.passwordEnv });
    return password;
  }
  if (options.passwordStdin !== true) return null;
  let text = '';
  for await (const piece of io.stdin) {
    text += piece.toString();
    if (text.includes('\n')) break;
  }
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (line === '') throw new TravasoError('PASSWORD_MISSING', {});
  return line;
}
