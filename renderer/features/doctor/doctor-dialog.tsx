import { useEffect, useState } from 'react';
import type { DoctorStep } from '../../../shared/model/doctor.ts';
import { explain } from '../../../shared/words/explain.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { usePolled } from '../../use-polled.ts';
import { useTask } from '../../use-task.ts';
import type { Side } from '../sign-in/sign-in.ts';

interface DoctorDialogProps {
  readonly mail: string;
  readonly server: string;
  readonly side: Side;
  readonly onClose: () => void;
}

/** "Why can't I get in?": one step after the other, each with its result in words. */
export function DoctorDialog({ mail, server, side, onClose }: DoctorDialogProps) {
  const words = useWords();
  const { client } = useServices();
  const [diagnosisId, setDiagnosisId] = useState<string | null>(null);
  const { run, problem } = useTask();
  useEffect(() => {
    run(async () => {
      const asked = { address: mail, server: server === '' ? null : server, role: side, signInId: null };
      setDiagnosisId((await client.call('doctor.start', asked)).diagnosisId);
    });
  }, [client, run, mail, server, side]);
  const polled = usePolled(
    diagnosisId,
    () => client.call('doctor.read', { diagnosisId: diagnosisId ?? '' }),
    ({ done }) => !done,
  );
  const diagnosis = polled.value;
  const failed = problem ?? polled.problem;
  return (
    <Dialog title={words.doctor.title} onClose={onClose} wide>
      <p>{words.doctor.lead}</p>
      {failed === null ? null : <ProblemNotice problem={failed} />}
      <ol className="t-checks" aria-busy={diagnosis?.done !== true}>
        {diagnosis?.steps.map(step => (
          <CheckRow key={step.check} step={step} />
        ))}
      </ol>
      <p className="t-status" role="status">
        {diagnosis?.done === true ? words.doctor.done : words.doctor.looking}
      </p>
      {diagnosis?.done === true ? (
        <>
          <h3 className="t-h2">{words.doctor.send}</h3>
          <p>
            <code className="t-address">{diagnosis.line}</code>
          </p>
        </>
      ) : null}
    </Dialog>
  );
}

function CheckRow({ step: { check, state, problem } }: { readonly step: DoctorStep }) {
  const words = useWords();
  const language = useLanguage();
  const said = problem === null ? null : explain(problem, language);
  return (
    <li data-state={state}>
      <Icon name={state === 'good' ? 'it-check-circle' : state === 'bad' ? 'it-error' : 'it-info-circle'} />
      <div>
        <strong>{words.doctor.checks[check]}</strong>: {words.doctor.states[state]}
        {said === null ? null : (
          <p>
            {said.happened} {said.now}
          </p>
        )}
      </div>
    </li>
  );
}
