import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import type { SignInAnswer, SignInStep } from '../../../shared/model/sign-in.ts';
import { useServices } from '../../services.ts';
import { usePolled } from '../../use-polled.ts';
import { useTask } from '../../use-task.ts';
import type { Begun } from './sign-in.ts';
import { AppPasswordStep } from './steps/app-password-step.tsx';
import { BrowserStep } from './steps/browser-step.tsx';
import { CodeStep } from './steps/code-step.tsx';
import { DeviceCodeStep } from './steps/device-code-step.tsx';
import { EnrolmentStep } from './steps/enrolment-step.tsx';
import { NewPasswordStep } from './steps/new-password-step.tsx';
import { WebPageStep } from './steps/web-page-step.tsx';

interface SignInStepsProps {
  readonly begun: Begun;
  readonly onDone: (begun: Begun) => void;
  /** The sign-in came to nothing: the form is shown again, with the reason if there is one. */
  readonly onEnd: (problem: Problem | null) => void;
  readonly onDeviceCode: () => void;
}

/** All that a door asks after the first knock, one question at a time. */
export function SignInSteps({ begun, onDone, onEnd, onDeviceCode }: SignInStepsProps) {
  const { client } = useServices();
  const { signInId } = begun;
  const [step, setStep] = useState<SignInStep>(begun.step);
  const task = useTask();
  const polled = usePolled(
    waits(step) ? signInId : null,
    () => client.call('signIn.read', { signInId }),
    ({ step: now }) => waits(now),
  );

  function take(next: SignInStep): void {
    if (next.step === 'done') onDone({ ...begun, step: next, byPage: begun.step.step === 'webPage' });
    else if (next.step === 'failed') leave(next.problem);
    else setStep(next);
  }
  function leave(problem: Problem | null): void {
    // What was half open is closed at the server too; that it cannot be reached changes nothing here.
    client.call('signIn.forget', { signInId }).catch(() => undefined);
    onEnd(problem);
  }
  const reached = polled.value?.step;
  useEffect(() => {
    if (reached !== undefined && !(waits(reached) && reached.step === step.step)) take(reached);
    // Only what the engine reports moves the screen on.
  }, [reached]);

  const shared = {
    busy: task.busy,
    problem: task.problem ?? polled.problem,
    answer: (answer: SignInAnswer) => {
      task.run(async () => take((await client.call('signIn.answer', { signInId, answer })).step));
    },
    back: () => leave(null),
  };
  switch (step.step) {
    case 'code':
      return <CodeStep step={step} {...shared} />;
    case 'newPassword':
      return <NewPasswordStep step={step} {...shared} />;
    case 'enrolment':
      return <EnrolmentStep step={step} {...shared} />;
    case 'appPassword':
      return <AppPasswordStep step={step} {...shared} />;
    case 'webPage':
      return <WebPageStep step={step} {...shared} />;
    case 'browser':
      return <BrowserStep step={step} {...shared} onDeviceCode={onDeviceCode} />;
    case 'deviceCode':
      return <DeviceCodeStep step={step} {...shared} />;
    default:
      return null;
  }
}

/** What comes next is not said on this screen. */
function waits(step: SignInStep): boolean {
  return step.step === 'browser' || step.step === 'deviceCode' || (step.step === 'webPage' && step.open);
}
