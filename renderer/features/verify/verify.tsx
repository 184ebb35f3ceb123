import { isNote } from '../../is-note.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import { formatList } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWizard, useWords } from '../../services.ts';
import { useNavigation } from '../../navigation.ts';
import { Actions, MainAction, QuietAction, SideAction } from '../../ui/actions.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ExceptionList } from '../job/exception-list.tsx';
import { JobPanel } from '../job/job-panel.tsx';
import { RestingPanel } from '../job/resting-panel.tsx';
import { saidItems } from '../job/said-items.ts';
import { startVerify } from '../job/start-jobs.ts';
import { useJobRun } from '../job/use-job-run.ts';
import { useReport } from '../report/use-report.ts';
import { StepScreen } from '../step-screen.tsx';

/** What was checked in the archive, and what of it needs a look; what the backup set aside is among it. */
export function Verify() {
  const words = useWords();
  const language = useLanguage();
  const services = useServices();
  const { go } = useNavigation();
  const [wizard, change] = useWizard();
  const run = useJobRun('verify', () => startVerify(services, wizard, 'archive'));
  const failed = run.status === 'failed' && run.job !== undefined;
  const report = useReport(run.ended || failed ? wizard.archive : null).value;
  const all = report?.exceptions ?? [];
  const exceptions = all.filter(exception => !isNote(exception.problem));
  const notes = all.filter(exception => isNote(exception.problem));
  const { totals, items = [] } = report ?? {};
  const onlyItems = (totals?.found ?? 0) === 0 && items.length > 0;
  const countOf = (name: 'found' | 'verified') => (kind: ItemKind) =>
    items.reduce((sum, row) => sum + (row.kind === kind ? (row[name] ?? 0) : 0), 0);
  const found = [...(onlyItems ? [] : [words.messages(totals?.found ?? 0)]), ...saidItems(countOf('found'), words)];
  const provedItems = saidItems(countOf('verified'), words);
  const title = run.ended
    ? exceptions.length === 0 && run.status === 'succeeded'
      ? 'good'
      : 'attention'
    : run.resting
      ? 'resting'
      : 'working';
  return (
    <StepScreen key={title} step="verify" title={words.verify.title[title]} lead={words.verify.lead}>
      {run.job !== undefined && !run.resting ? <JobPanel job={run.job} /> : null}
      {run.resting && !run.ended ? <RestingPanel run={run} side={null} /> : null}
      {report === null ? null : (
        <>
          <h2 className="t-h2">{words.verify.checkedTitle}</h2>
          <ul className="t-checks">
            {found.length === 0 ? null : (
              <li>
                <Icon name="it-inbox" />
                <span>{words.verify.found(formatList(found, language))}</span>
              </li>
            )}
            {onlyItems ? null : (
              <li>
                <Icon name="it-check-circle" />
                {words.verify.verified(words.messages(report.totals.verified ?? 0))}
              </li>
            )}
            {provedItems.length === 0 ? null : (
              <li>
                <Icon name="it-check-circle" />
                <span>{words.verify.verifiedItems(formatList(provedItems, language))}</span>
              </li>
            )}
            {report.archive.sealed === null ? null : (
              <li>
                <Icon name="it-lock" />
                <span>
                  {words.verify.sealed}
                  <br />
                  <span className="t-hint">
                    {words.verify.seal}: <code className="t-hash">{report.archive.sealed.sha256}</code>
                  </span>
                </span>
              </li>
            )}
          </ul>
          {exceptions.length === 0 ? (
            run.ended ? (
              <Notice kind="good">{words.verify.nothing}</Notice>
            ) : null
          ) : (
            <>
              <h2 className="t-h2">{words.verify.attentionTitle}</h2>
              <ExceptionList exceptions={exceptions} />
              <p>
                <QuietAction onClick={() => change({ step: 'choose' })}>{words.verify.retryBackup}</QuietAction>
              </p>
            </>
          )}
          {notes.length === 0 ? null : (
            <>
              <h2 className="t-h2">{words.file.notesTitle}</h2>
              <ExceptionList exceptions={notes} />
            </>
          )}
        </>
      )}
      {run.ended ? (
        <Actions onBack={() => change({ step: 'backup' })}>
          <SideAction onClick={() => go('home')}>{words.verify.later}</SideAction>
          <MainAction onClick={() => change({ step: 'target' })}>{words.verify.next}</MainAction>
        </Actions>
      ) : run.resting ? (
        <Actions onBack={() => change({ step: 'backup' })}>
          {failed ? (
            <SideAction onClick={() => change({ step: 'choose' })}>{words.verify.retryBackup}</SideAction>
          ) : null}
        </Actions>
      ) : (
        <Actions>
          <SideAction onClick={run.pause}>{words.actions.pause}</SideAction>
        </Actions>
      )}
    </StepScreen>
  );
}
