import { useServices, useWizard, useWords } from '../../services.ts';
import { Actions, MainAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../use-task.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StepScreen } from '../step-screen.tsx';
import { FolderProgressTable } from './folder-progress-table.tsx';
import { JobPanel } from './job-panel.tsx';
import { RestingPanel } from './resting-panel.tsx';
import { startBackup, startVerify } from './start-jobs.ts';
import { SavedNotice } from './saved-notice.tsx';
import { useJobRun } from './use-job-run.ts';

export function Backup() {
  const words = useWords();
  const services = useServices();
  const [wizard, change] = useWizard();
  const run = useJobRun('backup', () => startBackup(services, wizard, wizard.archive ?? ''));
  const check = useTask();
  const { job } = run;
  const title = run.ended ? 'done' : run.resting ? 'resting' : 'working';

  function startCheck(): void {
    check.run(async () => {
      const verify = await startVerify(services, wizard, 'archive');
      change({ step: 'verify', jobs: { ...wizard.jobs, verify } });
    });
  }

  return (
    <StepScreen key={title} step="backup" title={words.backup.title[title]}>
      {job !== undefined && !run.resting ? <JobPanel job={job} /> : null}
      {run.resting && !run.ended ? <RestingPanel run={run} side="source" /> : null}
      {run.ended && job !== undefined ? <SavedNotice job={job.snapshot} /> : null}
      {job === undefined ? null : <FolderProgressTable jobId={job.snapshot.id} running={!run.resting} />}
      <Notice kind="safe">{words.untouched}</Notice>
      {check.problem === null ? null : <ProblemNotice problem={check.problem} takesFocus />}
      {run.ended ? (
        <Actions>
          <MainAction onClick={startCheck} busy={check.busy}>
            {words.backup.check}
          </MainAction>
        </Actions>
      ) : run.resting ? (
        <Actions>
          <SideAction onClick={() => change({ step: 'choose' })}>{words.backup.fewerFolders}</SideAction>
        </Actions>
      ) : (
        <Actions>
          <SideAction onClick={run.pause}>{words.actions.pause}</SideAction>
        </Actions>
      )}
    </StepScreen>
  );
}
