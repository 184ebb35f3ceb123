import { useState } from 'react';
import { useRemembered, useServices, useWords } from '../../services.ts';
import { forgetSignIns } from '../../forget-sign-ins.ts';
import { useNavigation } from '../../navigation.ts';
import { withArchive } from '../../state/remembered.ts';
import { newWizard } from '../../state/wizard.ts';
import type { Way } from '../../state/wizard.ts';
import { Actions, MainAction, SideAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useTask } from '../../use-task.ts';
import { UnsealDialog } from '../archive/unseal-dialog.tsx';
import { usePicker } from '../picker/picker-context.ts';
import { ArchiveCard } from './archive-card.tsx';

/** What there is to go on with: the move in progress, and the archives this computer knows. */
export function Home() {
  const words = useWords();
  const { client, session, store } = useServices();
  const { wizard, archives } = useRemembered();
  const { go } = useNavigation();
  const picker = usePicker();
  const task = useTask();
  const [asking, setAsking] = useState<Way | null>(null);
  const [isUnsealing, setUnsealing] = useState(false);
  const from = (wizard?.way === 'file' ? wizard.file?.name : wizard?.source.mail) ?? '';
  const inProgress = wizard !== null && wizard.step !== 'welcome' && wizard.step !== 'report';

  function begin(way: Way): void {
    forgetSignIns({ client, session });
    store.set(all => ({ ...all, wizard: way === 'file' ? { ...newWizard, way, step: 'source' } : newWizard }));
    go('wizard');
  }
  function openOther(): void {
    task.run(async () => {
      const path = await picker.folder();
      if (path === null) return;
      // Reading its report is what tells an archive from any other folder, and says so in words when it is none.
      await client.call('report.read', { archive: path });
      store.set(all => ({ ...all, archives: withArchive(all.archives, path, new Date()) }));
    });
  }

  return (
    <Screen title={words.home.title} lead={words.home.lead}>
      {inProgress ? (
        <section className="t-panel t-panel-strong" aria-labelledby="progress-title">
          <h2 id="progress-title">{words.home.inProgress}</h2>
          <p>
            {from === '' ? '' : <strong>{from}. </strong>}
            {words.home.atStep(words.steps.names[wizard.step])}
          </p>
          <div className="t-buttons">
            <MainAction onClick={() => go('wizard')}>{words.home.continue}</MainAction>
            <SideAction onClick={() => setAsking('mailbox')}>{words.home.start}</SideAction>
            <SideAction onClick={() => setAsking('file')}>{words.file.start}</SideAction>
          </div>
        </section>
      ) : (
        <div className="t-buttons">
          <MainAction onClick={() => begin('mailbox')}>{words.home.start}</MainAction>
          <SideAction onClick={() => begin('file')}>{words.file.start}</SideAction>
        </div>
      )}
      <h2 className="t-h2">{words.home.archives}</h2>
      {archives.length === 0 ? <p>{words.home.none}</p> : null}
      {archives.map(archive => (
        <ArchiveCard key={archive.path} archive={archive} />
      ))}
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <Actions>
        <SideAction onClick={() => setUnsealing(true)}>{words.archive.unseal.action}</SideAction>
        <SideAction onClick={openOther}>{words.home.open}</SideAction>
      </Actions>
      {isUnsealing ? <UnsealDialog onClose={() => setUnsealing(false)} /> : null}
      <Notice kind="safe">{words.untouched}</Notice>
      {asking === null ? null : (
        <Dialog title={words.home.replaceTitle} onClose={() => setAsking(null)}>
          <p>{words.home.replaceText}</p>
          <MainAction onClick={() => begin(asking)}>{words.home.replaceYes}</MainAction>
        </Dialog>
      )}
    </Screen>
  );
}
