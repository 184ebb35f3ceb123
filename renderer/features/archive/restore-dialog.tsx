import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Input } from '../../../shared/contract.ts';
import type { DuplicatesChoice } from '../../../shared/model/upload-plan.ts';
import { formatDay } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWizard, useWords } from '../../services.ts';
import { newWizard } from '../../state/wizard.ts';
import type { WizardMailbox } from '../../state/wizard.ts';
import { MainAction, SideAction } from '../../ui/actions.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ExceptionList } from '../job/exception-list.tsx';
import { SignInPanel } from '../sign-in/sign-in-screen.tsx';
import { JobInDialog } from './job-in-dialog.tsx';
import { isAllThere, RestorePlan } from './restore-plan.tsx';
import { toldException } from './told-exception.ts';
import { useArchiveJob } from './use-archive-job.ts';
import type { ArchiveJob } from './use-archive-job.ts';

/** What of an archive goes back: folders by pattern, and of these some messages or what a search finds. */
export interface Restored {
  readonly folders: readonly string[];
  readonly messages: NonNullable<Input<'upload.start'>['selection']>['messages'];
  readonly query: string | null;
}

interface RestoreDialogProps {
  readonly archive: string;
  readonly restored: Restored;
  /** Says what it is in words. */
  readonly what: string;
  readonly onClose: () => void;
}

type Place = 'old' | 'under';
const places = ['old', 'under'] as const;

/** Messages of an archive into a mailbox, by the upload that a migration uses: it never doubles and never overwrites. */
export function RestoreDialog({ archive, restored, what, onClose }: RestoreDialogProps) {
  const all = useWords();
  const words = all.archive.restore;
  const language = useLanguage();
  const { client, session } = useServices();
  const [wizard] = useWizard();
  const work = useArchiveJob(archive);
  const proof = useArchiveJob(archive);
  const planning = useArchiveJob(archive);
  const [place, setPlace] = useState<Place>('old');
  const [under, setUnder] = useState(() => words.underName(formatDay(new Date().toISOString(), language)));
  const [isMissing, setMissing] = useState(false);
  const [step, setStep] = useState<'where' | 'mailbox' | 'ready'>('where');
  const [mailbox, setMailbox] = useState<WizardMailbox>(wizard.target);
  const [signInId, setSignInId] = useState(wizard.target.account === null ? null : session.target);
  const [repair, setRepair] = useState(false);
  const [duplicates, setDuplicates] = useState<DuplicatesChoice>('one');
  const underInput = useRef<HTMLInputElement>(null);

  function chosen(event: FormEvent): void {
    event.preventDefault();
    const lacks = place === 'under' && under.trim() === '';
    setMissing(lacks);
    if (lacks) underInput.current?.focus();
    else setStep(signInId === null ? 'mailbox' : 'ready');
  }
  /** The plan, the upload and its proof speak of the same messages. */
  const asked = () => {
    const { account } = mailbox;
    if (account === null) return null;
    const { folders, messages, query } = restored;
    return {
      archive,
      target: { ...account, signInId },
      folders: [...folders],
      selection: { messages, query, under: place === 'under' ? under.trim() : null },
    };
  };
  const start = (job: ArchiveJob, method: 'upload.plan' | 'upload.start'): void =>
    job.begin(async () => {
      const input = asked();
      if (input === null) return null;
      return (await client.call(method, { ...input, mapFile: null, repair, duplicates })).jobId;
    });
  // What the person decides about is part of the question, and it is asked again with every answer of theirs.
  const question = step === 'ready' ? JSON.stringify([signInId, place, under, repair, duplicates]) : null;
  const planned = useRef<string | null>(null);
  useEffect(() => {
    if (question === null || planned.current === question) return;
    planned.current = question;
    start(planning, 'upload.plan');
  });
  const plan = planning.busy ? null : (planning.result?.plan ?? null);
  function leave(then: () => void): void {
    if (planning.working) planning.stop();
    planned.current = null;
    then();
  }
  const uploaded = work.result !== null;
  const { begin: beginProof } = proof;
  const proving = useRef(false);
  useEffect(() => {
    if (!uploaded || proving.current) return;
    proving.current = true;
    beginProof(async () => {
      const input = asked();
      return input === null ? null : (await client.call('verify.start', input)).jobId;
    });
  });

  if (step === 'mailbox') {
    return (
      <Dialog wide title={words.title} onClose={onClose}>
        <SignInPanel
          side="target"
          mailbox={mailbox}
          onChange={setMailbox}
          onSignedIn={({ account, signInId: signedIn }) => {
            setMailbox({ ...mailbox, account });
            setSignInId(signedIn);
            setStep('ready');
          }}
          onBack={() => setStep('where')}
        >
          {shown => shown}
        </SignInPanel>
      </Dialog>
    );
  }
  const { result } = work;
  return (
    <Dialog key={step} wide title={words.title} onClose={() => leave(onClose)}>
      <p>
        <strong>{what}</strong>
      </p>
      {result === null ? null : (
        <>
          <Notice kind={result.figures.setAside === 0 ? 'good' : 'attention'} live>
            {words.done(result.figures.uploaded)}{' '}
            {result.figures.alreadyPresent === 0 ? '' : words.present(result.figures.alreadyPresent)}
          </Notice>
          {result.exceptions.length === 0 ? null : (
            <>
              <p>{words.setAside(result.figures.setAside)}</p>
              <ExceptionList exceptions={result.exceptions.map(toldException)} />
            </>
          )}
        </>
      )}
      <JobInDialog title={words.working} work={work} />
      <JobInDialog title={words.proving} work={proof} />
      {proof.result === null ? null : (
        <Notice kind={proof.result.exceptions.length === 0 ? 'good' : 'attention'} live>
          {words.proved(proof.result.figures.verified)}
        </Notice>
      )}
      {proof.result === null || proof.result.exceptions.length === 0 ? null : (
        <ExceptionList exceptions={proof.result.exceptions.map(toldException)} />
      )}
      {work.working || result !== null ? null : step === 'where' ? (
        <form onSubmit={chosen} noValidate>
          <Notice kind="safe">{words.text}</Notice>
          <Choice
            legend={words.where}
            name="restore-place"
            options={places.map(value => {
              const [label = value, hint = ''] = words.places[value];
              return { value, label, hint };
            })}
            value={place}
            onChange={setPlace}
          />
          {place === 'under' ? (
            <Field
              id="restore-under"
              label={words.under}
              value={under}
              onChange={setUnder}
              error={isMissing ? words.underMissing : null}
              inputRef={underInput}
            />
          ) : null}
          <MainAction>{words.next}</MainAction>
        </form>
      ) : (
        <>
          <p>{words.into(mailbox.mail)}</p>
          {planning.problem === null ? (
            <RestorePlan plan={plan} repair={repair} onRepair={setRepair} onDuplicates={setDuplicates} />
          ) : (
            <ProblemNotice problem={planning.problem} takesFocus />
          )}
          <div className="t-buttons">
            {plan !== null ? (
              plan.quotaProblem !== null ? null : (
                <MainAction onClick={() => start(work, 'upload.start')} busy={work.busy}>
                  {isAllThere(plan) ? words.check : words.start}
                </MainAction>
              )
            ) : planning.problem === null ? null : (
              <MainAction onClick={() => start(planning, 'upload.plan')} busy={planning.busy}>
                {all.actions.retry}
              </MainAction>
            )}
            <SideAction
              onClick={() =>
                leave(() => {
                  setMailbox(newWizard.target);
                  setStep('mailbox');
                })
              }
            >
              {words.other}
            </SideAction>
            <SideAction onClick={() => leave(() => setStep('where'))}>{all.actions.back}</SideAction>
          </div>
        </>
      )}
    </Dialog>
  );
}
