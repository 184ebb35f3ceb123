import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { useServices, useWizard, useWords } from '../../services.ts';
import { useNavigation } from '../../navigation.ts';
import { withArchive } from '../../state/remembered.ts';
import type { WizardFile } from '../../state/wizard.ts';
import { Actions, MainAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ChooseForm } from '../choose/choose-form.tsx';
import { useSurvey } from '../choose/use-survey.ts';
import { StepScreen } from '../step-screen.tsx';
import { BesideFolders } from './beside-folders.tsx';
import { ChosenBackup } from './chosen-backup.tsx';
import { PickBackup } from './pick-backup.tsx';
import { useRecognition } from './use-recognition.ts';

/** "Ho già un backup": which one, what it is, what is inside, and where the archive goes. Nothing is taken before. */
export function FileSource() {
  const words = useWords();
  const { store } = useServices();
  const { go } = useNavigation();
  const [{ file }, change] = useWizard();
  const [picking, setPicking] = useState(file === null);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const recognition = useRecognition(() => {
    setPicking(false);
    setChosen(times => times + 1);
  });
  const { task, archive } = recognition;
  // The button that was pressed is gone: the answer takes the focus, and is read out by it.
  useEffect(() => {
    if (chosen > 0) heading.current?.focus();
  }, [chosen]);

  useEffect(() => {
    if (picking && file !== null) document.querySelector<HTMLElement>('.t-drop button')?.focus();
  }, [picking, file]);

  const back = () => change({ step: 'welcome' });
  const problem = failed ?? task.problem;
  const shown = picking || file === null || problem !== null || archive !== null;
  const isReady = file !== null && !shown && !task.busy;
  return (
    <StepScreen step="source" title={words.file.title} lead={words.file.lead}>
      <PickBackup
        shown={shown && !task.busy}
        onPicked={path => {
          setFailed(null);
          recognition.look(path);
        }}
        onProblem={error => setFailed(problemOf(error))}
      />
      <p className="t-status" role="status">
        {task.busy ? words.file.looking : ''}
      </p>
      {problem === null ? null : <ProblemNotice problem={problem} takesFocus />}
      {archive === null ? null : (
        <>
          <Notice kind="info" live>
            {words.file.isArchive}
          </Notice>
          <MainAction
            onClick={() => {
              store.set(all => ({ ...all, archives: withArchive(all.archives, archive, new Date()) }));
              go('home');
            }}
          >
            {words.file.useArchive}
          </MainAction>
        </>
      )}
      {isReady ? (
        <>
          <ChosenBackup
            file={file}
            choices={recognition.choices}
            onChoose={recognition.choose}
            onOther={() => setPicking(true)}
            headingRef={heading}
          />
          <Inside key={file.address} file={file} onBack={back} />
        </>
      ) : (
        <>
          <Notice kind="safe">
            <strong>{words.untouched}</strong> {words.untouchedMore}
          </Notice>
          <Actions onBack={back} />
        </>
      )}
    </StepScreen>
  );
}

/** The folders with their counts; another backup is another one of these. */
function Inside({ file, onBack }: { readonly file: WizardFile; readonly onBack: () => void }) {
  const survey = useSurvey();
  return (
    <ChooseForm survey={survey} onBack={onBack} rawOctets={file.octets}>
      {survey.value === null ? null : <BesideFolders survey={survey.value} />}
    </ChooseForm>
  );
}
