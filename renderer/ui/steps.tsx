import { StepperContainer, StepperHeader, StepperHeaderElement } from 'design-react-kit';
import { useWords } from '../services.ts';
import { stepNumber, wizardSteps } from '../state/wizard.ts';
import type { WizardStep } from '../state/wizard.ts';
import { Icon } from './icon.tsx';

/** The kit's stepper, standing upright where there is room, with the `aria-current` it lacks. */
export function Steps({ current }: { readonly current: WizardStep }) {
  const words = useWords();
  const at = stepNumber(current);
  return (
    <nav className="t-steps" aria-label={words.steps.label}>
      <p className="t-steps-short" aria-hidden="true">
        {words.steps.of(at, wizardSteps.length, words.steps.names[current])}
      </p>
      <StepperContainer>
        <StepperHeader>
          {wizardSteps.map(step => {
            const number = stepNumber(step);
            const done = number < at;
            return (
              <StepperHeaderElement
                key={step}
                {...(step === current ? { variant: 'active' } : done ? { variant: 'confirmed' } : {})}
                aria-current={step === current ? 'step' : undefined}
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
