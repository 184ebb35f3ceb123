import { useEffect, useRef } from 'react';
import { formatList } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWizard, useWords } from '../../services.ts';
import { Actions, MainAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ByHandOffer } from '../items/by-hand-offer.tsx';
import { FolderProgressTable } from '../job/folder-progress-table.tsx';
import { ItemOutcomesTable } from '../job/item-outcomes.tsx';
import { JobPanel } from '../job/job-panel.tsx';
import { RestingPanel } from '../job/resting-panel.tsx';
import { saidItems } from '../job/said-items.ts';
import { startUpload, startVerify } from '../job/start-jobs.ts';
import { useJobRun } from '../job/use-job-run.ts';
import { FreezeNotice } from '../organisation/freeze-notice.tsx';
import { StepScreen } from '../step-screen.tsx';
import { DavOffer } from './dav-offer.tsx';
import { ProvedNotice } from './proved-notice.tsx';

/** The upload, then by itself the check in the new mailbox: without it nothing is proved. */
export function Upload() {
  const words = useWords();
  const services = useServices();
  const language = useLanguage();
  const [wizard, change] = useWizard();
  const upload = useJobRun('upload', () => startUpload(services, wizard, 'upload.start'));
  const check = useJobRun('check', () => startVerify(services, wizard, 'target'));
  const checking = upload.ended || (wizard.jobs.upload === null && wizard.jobs.check !== null);
  const run = checking ? check : upload;

  const begun = useRef(false);
  useEffect(() => {
    if (!upload.ended || wizard.jobs.check !== null || services.session.target === null || begun.current) return;
    begun.current = true;
    check.begin();
  });

  // The check has not begun: the window was closed between the two, or starting it failed.
  const stuck =
    checking && wizard.jobs.check === null && (services.session.target === null || check.task.problem !== null);
  const resting = run.resting || stuck;
  const done = checking && check.ended;
  const title = done ? 'done' : checking ? (resting ? 'restingCheck' : 'checking') : resting ? 'resting' : 'working';
  const sent = upload.job?.snapshot.figures;
  const outcomes = upload.job?.snapshot.itemOutcomes ?? check.job?.snapshot.itemOutcomes;
  const proved = check.job?.snapshot.itemOutcomes;
  const byHand = Object.values(outcomes ?? {}).reduce((sum, counts) => sum + counts.byHand, 0);
  const arrived =
    sent === undefined
      ? []
      : [
          ...(sent.found === 0 && outcomes !== undefined ? [] : [words.messages(sent.uploaded + sent.alreadyPresent)]),
          ...saidItems(kind => (outcomes?.[kind]?.uploaded ?? 0) + (outcomes?.[kind]?.alreadyPresent ?? 0), words),
        ];
  return (
    <StepScreen key={title} step="upload" title={words.upload.title[title]} lead={words.upload.lead}>
      {done ? null : <FreezeNotice />}
      {checking && arrived.length > 0 ? (
        <Notice kind="good">{words.upload.uploaded(formatList(arrived, language))}</Notice>
      ) : null}
      {run.job !== undefined && !resting ? <JobPanel job={run.job} /> : null}
      {resting && !done ? <RestingPanel run={run} side="target" /> : null}
      {done && check.job !== undefined ? <ProvedNotice job={check.job.snapshot} /> : null}
      {run.job === undefined ? null : <FolderProgressTable jobId={run.job.snapshot.id} running={!resting} />}
      <ItemOutcomesTable uploaded={outcomes} proved={proved} />
      {done && wizard.archive !== null && byHand > 0 ? (
        <>
          {/^imaps?:/.test(wizard.target.account?.address ?? '') ? (
            <DavOffer archive={wizard.archive} mail={wizard.target.mail} />
          ) : null}
          <ByHandOffer archive={wizard.archive} />
        </>
      ) : null}
      {done ? (
        <Actions>
          <MainAction onClick={() => change({ step: 'report' })}>{words.upload.report}</MainAction>
        </Actions>
      ) : resting ? (
        <Actions onBack={() => change({ step: 'map' })} />
      ) : (
        <Actions>
          <SideAction onClick={run.pause}>{words.actions.pause}</SideAction>
        </Actions>
      )}
    </StepScreen>
  );
}
