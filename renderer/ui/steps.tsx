import { StepperContainer, StepperHeader, StepperHeaderElement } from 'design-react-kit';
import { useWizard, useWords } from '../services.ts';
import { stepNumber, stepsOf } from '../state/wizard.ts';
import type { WizardStep } from '../state/wizard.ts';
import { Icon } from './icon.tsx';

/** The kit's stepper, standing upright where there is room, with the `aria-current` it lacks. */
export function Steps({ current }: { readonly current: WizardStep }) {
  const words = useWords();
  const [{ way }] = useWizard();
  const steps = stepsOf(way);
  const at = stepNumber(current, way);
  return (
    <nav className="t-steps" aria-label={words.steps.label}>
      <p className="t-steps-short" aria-hidden="true">
        {words.steps.of(at, steps.length, words.steps.names[current])}
      </p>
      <StepperContainer>
        <StepperHeader>
          {steps.map((step, index) => {
            const number = index + 1;
            const done = number < at;
            return (
              <StepperHeaderElement
                key={step}
                {...(number === at ? { variant: 'active' } : done ? { variant: 'confirmed' } : {})}
                aria-current={number === at ? 'step' : undefined}
                stepperNumber={done ? <Icon name="it-check" /> : number}
                noLine
              >
                {words.steps.names[step]}
                {done ? <span className="visually-hidden">, {words.steps.done}</span> : null}
              </StepperHeaderElement>
            );
          })}
        </StepperHeader>
      </StepperContainer>
    </nav>
  );
}
