import type { Account } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { Services, Session } from '../../services.ts';
import { sourceAccount } from '../../state/source-account.ts';
import type { WizardState } from '../../state/wizard.ts';
import type { Side } from '../sign-in/sign-in.ts';

/** @throws PASSWORD_MISSING when nobody is signed in to that mailbox */
function accountFor({ session }: Services, wizard: WizardState, side: Side): Account {
  if (side === 'source') return requiredSource(wizard, session);
  const { account } = wizard[side];
  const signInId = session[side];
  if (account === null || signInId === null) throw new TravasoError('PASSWORD_MISSING');
  return { ...account, signInId };
}

function requiredSource(wizard: WizardState, session: Session): Account {
  const account = sourceAccount(wizard, session);
  if (account === null) throw new TravasoError('PASSWORD_MISSING');
  return account;
}

function archiveOf(wizard: WizardState): string {
  if (wizard.archive === null) throw new TravasoError('ARCHIVE_NOT_FOUND');
  return wizard.archive;
}

/** Starts the backup of what was chosen, or goes on with it. */
export async function startBackup(services: Services, wizard: WizardState, archive: string): Promise<string> {
  const { client } = services;
  await client.call('folders.leaveOut', { archive, folders: wizard.leftOut });
  const place = await client.call('archive.inspect', { path: archive });
  const started = await client.call('backup.start', {
    archive,
    source: accountFor(services, wizard, 'source'),
    // An archive that is there keeps its form.
    format: place.archive === null ? wizard.format : null,
    folders: [],
    leaveOutItems: wizard.leftOutItems,
  });
  // Ready for searching when the backup is; whoever said no is not asked again.
  indexBeside(client, archive).catch(() => undefined);
  return started.jobId;
}

async function indexBeside(client: Services['client'], archive: string): Promise<void> {
  const { phase } = await client.call('index.read', { archive });
  if (phase !== 'declined') await client.call('index.start', { archive });
}

/** Reads the archive again; with the new mailbox, also what was uploaded there. */
export async function startVerify(services: Services, wizard: WizardState, of: 'archive' | 'target'): Promise<string> {
  const archive = archiveOf(wizard);
  if (of === 'archive') return (await services.client.call('verify.start', { archive, target: null })).jobId;
  const target = accountFor(services, wizard, 'target');
  // What was not to be sent is not missing.
  const { stayingItems: leaveOutItems } = wizard;
  return (await services.client.call('verify.start', { archive, target, leaveOutItems })).jobId;
}

/** What an upload would do, or the upload itself, with the person's own folder map. */
export async function startUpload(
  services: Services,
  wizard: WizardState,
  method: 'upload.plan' | 'upload.start',
): Promise<string> {
  const archive = archiveOf(wizard);
  const mapFile =
    wizard.map.length === 0
      ? null
      : (await services.client.call('map.write', { archive, entries: wizard.map })).mapFile;
  const target = accountFor(services, wizard, 'target');
  const { repair, duplicates, setSettings, stayingItems } = wizard;
  const input = { archive, target, folders: [], mapFile, repair, duplicates, setSettings };
  // A plan is of everything, so that the person can choose from it.
  const chosen = method === 'upload.start' ? { ...input, leaveOutItems: stayingItems } : input;
  return (await services.client.call(method, chosen)).jobId;
}
