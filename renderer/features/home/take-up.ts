import type { JobSnapshot } from '../../../shared/model/job.ts';
import type { ArchiveSummary } from '../../../shared/model/place.ts';
import { parsedOrNull } from '../../account-name.ts';
import { newWizard } from '../../state/wizard.ts';
import type { WizardMailbox, WizardState, WizardStep } from '../../state/wizard.ts';

/** The assistant at the place where an archive was left: its own state if it is the one in hand, else read off the archive. */
export function takenUp(current: WizardState | null, path: string, archive: ArchiveSummary): WizardState {
  const job = archive.lastJob;
  if (current?.archive === path) return { ...current, step: job === null ? current.step : stepFor(job, archive) };
  const key = job === null ? null : jobKey(job, archive);
  return {
    ...newWizard,
    step: job === null ? 'source' : stepFor(job, archive),
    archive: path,
    format: archive.mailFormat,
    ...sourceOf(archive.source),
    target: mailboxOf(archive.target),
    jobs: key === null || job === null ? newWizard.jobs : { ...newWizard.jobs, [key]: job.id },
  };
}

function jobKey(job: JobSnapshot, archive: ArchiveSummary): keyof WizardState['jobs'] | null {
  switch (job.kind) {
    case 'verify':
      return archive.target === null ? 'verify' : 'check';
    case 'backup':
    case 'plan':
    case 'upload':
      return job.kind;
    case 'export':
    case 'rebuild':
    case 'seal':
    case 'unseal':
      return null;
  }
}

function stepFor(job: JobSnapshot, archive: ArchiveSummary): WizardStep {
  switch (jobKey(job, archive)) {
    case 'backup':
      return 'backup';
    case 'verify':
      return 'verify';
    case 'plan':
      return 'map';
    case 'upload':
      return 'upload';
    case 'check':
      return job.status === 'succeeded' || job.status === 'partial' ? 'report' : 'upload';
    case null:
      return 'source';
  }
}

/** A backup's path stands in its address; the name of an Outlook file's own mailbox does not tell where the file is. */
function sourceOf(address: string | null): Pick<WizardState, 'way' | 'source' | 'file'> {
  const parsed = address === null ? null : parsedOrNull(address);
  if (address === null || parsed === null || !('path' in parsed)) {
    return { way: 'mailbox', source: mailboxOf(address), file: null };
  }
  const { path, kind } = parsed;
  if (kind === 'pst') return { way: 'file', source: newWizard.source, file: null };
  const name = path.split(/[\\/]/).findLast(part => part !== '') ?? path;
  const known = { path, address, name, program: null, variant: null, zipped: false, files: 0, octets: 0 };
  return { way: 'file', source: newWizard.source, file: { ...known, kind: kind === 'tgz' ? 'zimbra-tgz' : kind } };
}

function mailboxOf(address: string | null): WizardMailbox {
  const parsed = address === null ? null : parsedOrNull(address);
  if (address === null || parsed?.kind !== 'imap') return newWizard.source;
  return { mail: parsed.user, server: parsed.host, account: { address, tls: parsed.tls } };
}
