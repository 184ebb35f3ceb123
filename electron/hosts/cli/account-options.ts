import { Option } from 'commander';
import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import { parseAccountAddress, tlsModes } from '../../../shared/account-address.ts';
import type { AccountKind, TlsMode } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import type { OutputOptions } from './follow-job.ts';
import { InputLines } from './input-lines.ts';
import { languageOf } from './language-of.ts';
import type { CommandContext } from './run-command-line.ts';
import { signInAtDoor } from './sign-in-at-door.ts';

export interface AccountOptions {
  readonly tls?: TlsMode;
  readonly ca?: string;
  readonly passwordEnv?: string;
  readonly passwordStdin?: true;
  readonly codeEnv?: string;
  readonly appPasswordEnv?: string;
  readonly deviceCode?: true;
}

/** The options of every command that signs in somewhere. A password never stands on the command line itself. */
export function addAccountOptions(command: Command): Command {
  return command
    .addOption(new Option('--tls <mode>', 'how the connection is protected').choices([...tlsModes]))
    .option('--profile <file>', 'signed profile of the organisation')
    .option('--ca <file>', 'a further certificate authority to trust (PEM)')
    .option('--password-env <name>', 'environment variable that holds the password')
    .option('--password-stdin', 'read the password from the first line of standard input, a code from the second')
    .option('--code-env <name>', 'environment variable that holds the code of the second factor')
    .option('--app-password-env <name>', 'environment variable with the password for mail programs (Zimbra)')
    .option('--device-code', 'Microsoft 365: sign in with a code, in a browser on any device');
}

/** Signs in where an account has a door of its own, and gives the account as the contract wants it. */
export async function signIn(
  address: string,
  options: AccountOptions & Pick<OutputOptions, 'lang'>,
  context: CommandContext,
): Promise<Account> {
  return {
    address,
    signInId: doors.has(parseAccountAddress(address).kind)
      ? await throughDoor(address, options, context)
      : await keepPassword(options, context),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.ca === undefined ? {} : { caFile: options.ca }),
  };
}

/** Gives the password to the engine to keep, if one was given; null otherwise. */
export async function keepPassword(options: AccountOptions, context: CommandContext): Promise<string | null> {
  const input = new InputLines(context.io.stdin);
  try {
    const password = await passwordOf(options, context, input);
    return password === null ? null : (await context.engine.api['signIn.password']({ password })).signInId;
  } finally {
    await input.close();
  }
}

/** Accounts that let a person in step by step. A mail server takes name and password with every connection. */
const doors: ReadonlySet<AccountKind> = new Set(['microsoft365', 'zimbra', 'carbonio']);

async function throughDoor(
  address: string,
  options: AccountOptions & Pick<OutputOptions, 'lang'>,
  context: CommandContext,
): Promise<string> {
  const { io } = context;
  const input = new InputLines(io.stdin);
  let fromEnvironment = options.codeEnv === undefined ? null : (io.env[options.codeEnv] ?? null);
  const code = async (ask: string): Promise<string | null> => {
    // One time only: the same code again would only cost an attempt.
    const given = fromEnvironment;
    fromEnvironment = null;
    if (given !== null) return given;
    if (io.stdin.isTTY === true) io.stderr.write(ask);
    else if (options.passwordStdin !== true) return null;
    return (await input.next())?.trim() ?? null;
  };
  try {
    return await signInAtDoor(
      {
        address,
        tls: options.tls,
        caFile: options.ca,
        password: await passwordOf(options, context, input),
        way: options.deviceCode === true ? 'deviceCode' : 'usual',
        language: options.lang ?? languageOf(io.env),
        code,
        appPassword: options.appPasswordEnv === undefined ? null : (io.env[options.appPasswordEnv] ?? null),
      },
      context,
    );
  } finally {
    await input.close();
  }
}

/** From the environment or the first line of standard input, as the options say; null when they say neither. */
export async function passwordOf(
  options: Pick<AccountOptions, 'passwordEnv' | 'passwordStdin'>,
  { io }: CommandContext,
  input: InputLines,
): Promise<string | null> {
  if (options.passwordEnv !== undefined) {
    const password = io.env[options.passwordEnv];
    if (password === undefined) throw new TravasoError('PASSWORD_MISSING', { variable: options.passwordEnv });
    return password;
  }
  if (options.passwordStdin !== true) return null;
  const line = (await input.next()) ?? '';
  if (line === '') throw new TravasoError('PASSWORD_MISSING', {});
  return line;
}
