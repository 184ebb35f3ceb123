import { TravasoError } from '../../../../shared/errors.ts';
import type { CommandResult, ImapConnection } from '../../imap/imap-connection.ts';
import type { ServerTraits } from './server-traits.ts';

/**
 * The connection as a server with these traits wants it used: it announces only the capabilities that are trusted, and
 * never comes to the error at which the server would hang up. Exchange closes at its tenth NO or BAD, in the middle of
 * whatever is under way; so commands wait as long as the refusal of all that are under way would use the budget up, and
 * once it is used up the line is given up between two commands, where nothing is in doubt.
 */
export function carefulConnection(
  connection: ImapConnection,
  { errorsPerConnection, trustedCapabilities }: Pick<ServerTraits, 'errorsPerConnection' | 'trustedCapabilities'>,
): ImapConnection {
  const { capabilities: announced } = connection;
  const capabilities =
    trustedCapabilities === null ? announced : new Set([...announced].filter(name => trustedCapabilities.has(name)));
  const run =
    errorsPerConnection === null
      ? (...call: Parameters<ImapConnection['run']>) => connection.run(...call)
      : withinBudget(connection, errorsPerConnection);
  return {
    capabilities,
    get closed() {
      return connection.closed;
    },
    run,
    pauseReading: () => {
      connection.pauseReading();
    },
    resumeReading: () => {
      connection.resumeReading();
    },
    close: () => connection.close(),
    destroy: error => {
      connection.destroy(error);
    },
  };
}

function withinBudget(connection: ImapConnection, budget: number): ImapConnection['run'] {
  const waiting: { go(): void; refuse(error: TravasoError): void }[] = [];
  let refused = 0;
  let underWay = 0;
  const proceed = (): void => {
    while (refused + underWay < budget) {
      const next = waiting.shift();
      if (next === undefined) return;
      underWay += 1;
      next.go();
    }
    if (underWay > 0) return;
    const renewal = new TravasoError('CONNECTION_LOST', { reason: 'error-budget' }, { retryAfterMs: 0 });
    for (const each of waiting.splice(0)) each.refuse(renewal);
  };
  return (command, options) =>
    new Promise<CommandResult>((resolve, reject) => {
      const go = (): void => {
        connection
          .run(command, options)
          .then(answer => {
            if (answer.status !== 'OK') refused += 1;
            resolve(answer);
          }, reject)
          .finally(() => {
            underWay -= 1;
            proceed();
          });
      };
      waiting.push({ go, refuse: reject });
      proceed();
    });
}
