import { useWords } from '../../../services.ts';
import { QuietAction } from '../../../ui/actions.tsx';
import type { AnswerProps } from './answer-props.ts';
import { Question } from './question.tsx';

interface BrowserStepProps extends Pick<AnswerProps<'browser'>, 'step' | 'problem' | 'back'> {
  readonly onDeviceCode: () => void;
}

/** The identity provider's own page is open elsewhere; this screen only waits for it. */
export function BrowserStep({ step, problem, back, onDeviceCode }: BrowserStepProps) {
  const words = useWords().signInSteps.browser;
  return (
    <Question
      title={words.title}
      lead={words.lead(step.host)}
      problem={problem}
      attemptsLeft={null}
      busy
      back={back}
      backLabel={words.cancel}
    >
      <p>
        {words.check} <strong>{step.host}</strong>
      </p>
      <p className="t-status" role="status">
        {words.waiting}
      </p>
      <details className="t-details">
        <summary>{words.notOpen}</summary>
        <p>
          <code className="t-address">{step.url}</code>
        </p>
      </details>
      <p>
        <QuietAction onClick={onDeviceCode}>{words.deviceCode}</QuietAction>
      </p>
    </Question>
  );
}
