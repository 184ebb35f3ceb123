import { useEffect, useRef, useState } from 'react';
import { useServices, useWizard, useWords } from '../../services.ts';
import type { WizardState } from '../../state/wizard.ts';
import { Actions, MainAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useTask } from '../../use-task.ts';
import { ByHandOffer } from '../items/by-hand-offer.tsx';
import { startUpload, startVerify } from '../job/start-jobs.ts';
import { useJobResult } from '../job/use-job-result.ts';
import { useJobRun } from '../job/use-job-run.ts';
import { ShutMailboxHelp } from '../sign-in/shut-mailbox-help.tsx';
import { SignInAgain } from '../sign-in/sign-in-again.tsx';
import { needsSignIn } from '../sign-in/sign-in.ts';
import { StepScreen } from '../step-screen.tsx';
import { ChangeTarget } from './change-target.tsx';
import { DuplicateChoice } from './duplicate-choice.tsx';
import { FolderMap } from './folder-map.tsx';
import type { PlannedFolder } from './folder-map.tsx';
import { kindsToChoose } from './item-choice.tsx';
import { ItemPlan, itemsToGo } from './item-plan.tsx';
import { PlanRemarks } from './plan-remarks.tsx';
import { Refusals } from './refusals.tsx';
import { RepairConsent } from './repair-consent.tsx';
import { SettingsConsent } from './settings-consent.tsx';
import { Room } from './room.tsx';

/** Where everything will go and what will not get in, named before the first message is sent. */
export function MapScreen() {
  const words = useWords();
  const services = useServices();
  const [wizard, change] = useWizard();
  const plan = useJobRun('plan', () => startUpload(services, wizard, 'upload.plan'));
  const result = useJobResult(plan.ended ? wizard.jobs.plan : null);
  const start = useTask();
  const [changing, setChanging] = useState<PlannedFolder | null>(null);

  const begun = useRef(false);
  useEffect(() => {
    if (wizard.jobs.plan !== null || !signedIn || begun.current) return;
    begun.current = true;
    plan.begin();
  });
  // A plan is only kept as long as the engine runs; it is made again after that.
  const forgotten =
    wizard.jobs.plan !== null && (plan.status === 'interrupted' || result.problem?.code === 'JOB_UNKNOWN');
  useEffect(() => {
    if (forgotten) change({ jobs: { ...wizard.jobs, plan: null } });
  });
  const planned = result.value?.plan ?? null;
  const failure =
    plan.task.problem ??
    (forgotten ? null : result.problem) ??
    (plan.status === 'failed' || plan.status === 'paused' ? plan.job?.snapshot.problem : null);
  const signedIn = services.session.target !== null && !(failure != null && needsSignIn(failure.code));
  const waiting = planned === null && (failure ?? null) === null && signedIn && !plan.resting;

  // Another mailbox may not take by itself what was unticked for the one before.
  const staying = planned === null ? [] : wizard.stayingItems.filter(kind => kindsToChoose(planned).includes(kind));
  // Of contacts and calendars alone there is no folder of mail to speak of.
  const hasMail = planned !== null && (planned.folders.length > 0 || planned.items === undefined);
  const nothingLeft = planned?.messages === 0 && itemsToGo(planned, staying) === 0;

  function upload(): void {
    start.run(async () => {
      const chosen = { ...wizard, stayingItems: staying };
      if (nothingLeft) {
        const check = await startVerify(services, chosen, 'target');
        change({ step: 'upload', stayingItems: staying, jobs: { ...wizard.jobs, upload: null, check } });
        return;
      }
      const job = await startUpload(services, chosen, 'upload.start');
      change({ step: 'upload', stayingItems: staying, jobs: { ...wizard.jobs, upload: job, check: null } });
    });
  }

  /** What is decided makes another plan, which is asked for again. */
  function changePlan(part: Partial<Pick<WizardState, 'repair' | 'duplicates' | 'setSettings'>>): void {
    begun.current = false;
    change({ ...part, jobs: { ...wizard.jobs, plan: null } });
  }

  function move(folder: PlannedFolder, target: readonly string[]): void {
    const others = wizard.map.filter(({ path }) => JSON.stringify(path) !== JSON.stringify(folder.path));
    begun.current = false;
    setChanging(null);
    change({
      map: [...others, { path: [...folder.path], target: [...target] }],
      jobs: { ...wizard.jobs, plan: null },
    });
  }

  return (
    <StepScreen step="map" title={words.map.title} lead={words.map.lead}>
      {waiting ? (
        <div role="status">
          <p>{words.map.planning}</p>
          <ProgressBar label={words.map.planning} fraction={null} />
        </div>
      ) : null}
      {failure === null || failure === undefined ? null : (
        <>
          <ProblemNotice problem={failure} takesFocus />
          <ShutMailboxHelp problem={failure} side="target" />
        </>
      )}
      {signedIn ? null : <SignInAgain side="target" action={words.actions.next} onSignedIn={plan.begin} />}
      {planned === null ? null : (
        <>
          {hasMail || planned.quotaProblem !== null ? <Room plan={planned} /> : null}
          {hasMail ? <Refusals refusals={planned.refusals} /> : null}
          <RepairConsent plan={planned} agreed={wizard.repair} onChange={repair => changePlan({ repair })} />
          <DuplicateChoice duplicates={planned.duplicates} onChange={duplicates => changePlan({ duplicates })} />
          <PlanRemarks plan={planned} />
          {hasMail ? <FolderMap folders={planned.folders} onChange={setChanging} /> : null}
          <ItemPlan plan={planned} staying={staying} onChange={stayingItems => change({ stayingItems })} />
          {wizard.archive === null ? null : (
            <>
              <SettingsConsent
                plan={planned}
                agreed={wizard.setSettings}
                onChange={setSettings => changePlan({ setSettings })}
              />
              {planned.items?.some(({ fate }) => fate === 'by-hand') === true ? (
                <ByHandOffer archive={wizard.archive} />
              ) : null}
            </>
          )}
        </>
      )}
      {changing === null ? null : (
        <ChangeTarget
          folder={changing}
          onCancel={() => setChanging(null)}
          onChange={target => move(changing, target)}
        />
      )}
      {start.problem === null ? null : <ProblemNotice problem={start.problem} takesFocus />}
      <Actions onBack={() => change({ step: 'target' })}>
        {waiting || !signedIn ? null : <SideAction onClick={plan.begin}>{words.map.refresh}</SideAction>}
        {planned === null || !signedIn || planned.quotaProblem !== null ? null : (
          <MainAction onClick={upload} busy={start.busy}>
            {nothingLeft
              ? words.map.checkOnly
              : planned.messages === 0
                ? words.items.plan.start
                : words.map.start(words.messages(planned.messages))}
          </MainAction>
        )}
      </Actions>
      {nothingLeft && planned.refusals.length === 0 ? <Notice kind="good">{words.map.nothingLeft}</Notice> : null}
    </StepScreen>
  );
}
