import { useWords } from '../../../services.ts';
import type { AnswerProps } from './answer-props.ts';
import { Question } from './question.tsx';

export function DeviceCodeStep({ step, problem, back }: Pick<AnswerProps<'deviceCode'>, 'step' | 'problem' | 'back'>) {
  const { deviceCode: words, browser } = useWords().signInSteps;
  return (
    <Question
      title={words.title}
      lead={words.lead}
      problem={problem}
      attemptsLeft={null}
      busy
      back={back}
      backLabel={browser.cancel}
    >
      <p>
        <code className="t-address">{step.url}</code>
      </p>
      <p>
        {words.code}: <code className="t-key">{step.userCode}</code>
      </p>
      <p className="t-status" role="status">
        {words.waiting}
      </p>
    </Question>
  );
}
