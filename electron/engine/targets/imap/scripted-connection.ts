import type { Command, CommandPiece } from '../../imap/command.ts';
import type {
  CommandResult,
  ImapConnection,
  RunOptions,
  StatusText,
  UntaggedResponse,
} from '../../imap/imap-connection.ts';

/** What the scripted server says to one command. */
export interface ScriptedAnswer {
  readonly status: CommandResult['status'];
  readonly code?: readonly [name: string, ...values: readonly string[]];
  readonly text?: string;
  readonly untagged?: readonly Partial<UntaggedResponse>[];
}

export interface ScriptedConnection extends ImapConnection {
  /** Each command as sent, with `{n}` for a literal. */
  readonly sent: readonly string[];
}

/** A connection for unit tests whose server is a function. Literals are read to their end before it answers. */
export function scriptedConnection(
  capabilities: readonly string[],
  answer: (command: string, literals: readonly string[]) => ScriptedAnswer | Error,
): ScriptedConnection {
  const sent: string[] = [];
  let fault: Error | null = null;
  let line: Promise<unknown> = Promise.resolve();

  const execute = async (command: Command, options: RunOptions): Promise<CommandResult> => {
    if (fault !== null) throw fault;
    const literals: string[] = [];
    let text = '';
    for (const piece of typeof command === 'string' ? [command] : (command as readonly CommandPiece[])) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      text += `{${piece.octets}}`;
      const parts: Uint8Array[] = [];
      for await (const part of piece.body()) parts.push(part);
      literals.push(Buffer.concat(parts).toString('latin1'));
    }
    sent.push(text);
    // `destroy` may have come while a literal was read.
    if ((fault as Error | null) !== null) throw fault as unknown as Error;
    const said = answer(text, literals);
    if (said instanceof Error) throw said;
    for (const response of said.untagged ?? []) {
      options.handler?.untagged?.({ number: null, name: '', values: [], status: null, ...response });
    }
    return { status: said.status, code: codeOf(said.code), text: said.text ?? '' };
  };

  return {
    sent,
    capabilities: new Set(capabilities),
    get closed() {
      return fault !== null;
    },
    run(command, options = {}) {
      const result = line.then(() => execute(command, options));
      line = result.catch(() => undefined);
      return result;
    },
    pauseReading: () => undefined,
    resumeReading: () => undefined,
    close: () => Promise.resolve(),
    destroy(error = new Error('destroyed')) {
      fault = error;
    },
  };
}

function codeOf(code: ScriptedAnswer['code']): StatusText['code'] {
  if (code === undefined) return null;
  const [name, ...values] = code;
  return { name, values };
}
