import { useWizard, useWords } from '../../services.ts';
import { Actions } from '../../ui/actions.tsx';
import { SignInAgain } from '../sign-in/sign-in-again.tsx';
import { StepScreen } from '../step-screen.tsx';
import { ChooseForm } from './choose-form.tsx';
import { SharedFolders } from './shared-folders.tsx';
import { useSurvey } from './use-survey.ts';

/** What of the old mailbox to save, where, and in which form. */
export function Choose() {
  const words = useWords();
  const [, change] = useWizard();
  const survey = useSurvey();
  const back = () => change({ step: 'source' });
  if (survey.needsPassword) {
    return (
      <StepScreen step="choose" title={words.choose.title}>
        <SignInAgain side="source" action={words.actions.next} onSignedIn={survey.restart} />
        <Actions onBack={back} />
      </StepScreen>
    );
  }
  return (
    <StepScreen step="choose" title={words.choose.title} lead={words.choose.lead}>
      <ChooseForm survey={survey} onBack={back}>
        <SharedFolders survey={survey} />
      </ChooseForm>
    </StepScreen>
  );
}
