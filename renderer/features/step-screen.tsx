import type { ReactNode } from 'react';
import { useWizard, useWords } from '../services.ts';
import { stepNumber, stepsOf } from '../state/wizard.ts';
import type { WizardStep } from '../state/wizard.ts';
import { Screen } from '../ui/screen.tsx';
import { Steps } from '../ui/steps.tsx';

interface StepScreenProps {
  readonly step: WizardStep;
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** A screen of the assistant: where the person stands, in the window's title too, and one decision. */
export function StepScreen({ step, title, lead, children }: StepScreenProps) {
  const words = useWords();
  const [{ way }] = useWizard();
  const name = words.steps.of(stepNumber(step, way), stepsOf(way).length, words.steps.names[step]);
  return (
    <div className="t-step">
      <Steps current={step} />
      <Screen title={title} documentTitle={name} {...(lead === undefined ? {} : { lead })}>
        {children}
      </Screen>
    </div>
  );
}
