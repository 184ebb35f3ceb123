import { formatDateTime, formatList } from '../../../shared/words/format.ts';
import { leftOutKinds } from '../../../shared/words/report/left-out-kinds.ts';
import { sayOutcome } from '../../../shared/words/report/say-outcome.ts';
import { reportWordsOf } from '../../../shared/words/report/report-words-of.ts';
import { accountName } from '../../account-name.ts';
import { useLanguage, useServices, useWizard, useWords } from '../../services.ts';
import { forgetSignIns } from '../../forget-sign-ins.ts';
import { useNavigation } from '../../navigation.ts';
import { Actions, MainAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ExceptionList } from '../job/exception-list.tsx';
import { StepScreen } from '../step-screen.tsx';
import { ItemTable } from './item-table.tsx';
import { ReportTable } from './report-table.tsx';
import { useReport } from './use-report.ts';
import { SaveReport } from './save-report.tsx';

/** The proof, as it can be saved and checked again: the engine's report and nothing beside it. */
export function Report() {
  const words = useWords();
  const language = useLanguage();
  const { client, session } = useServices();
  const { go } = useNavigation();
  const [wizard, change] = useWizard();
  const { archive } = wizard;
  const { value: report, problem } = useReport(archive);

  if (archive === null || report === null) {
    return (
      <StepScreen step="report" title={words.steps.names.report}>
        {problem === null ? (
          <div role="status">
            <p>{words.report.reading}</p>
            <ProgressBar label={words.report.reading} fraction={null} />
          </div>
        ) : (
          <ProblemNotice problem={problem} takesFocus />
        )}
        <Actions onBack={() => go('home')} />
      </StepScreen>
    );
  }

  const { outcome } = report;
  function finish(): void {
    if (outcome === 'complete') forgetSignIns({ client, session });
    go('home');
  }

  const said = reportWordsOf[language];
  const leftOut = report.folders.filter(folder => !folder.chosen).map(folder => folder.path.join('/'));
  const leftOutItems = leftOutKinds(report, language);
  return (
    <StepScreen key={outcome} step="report" title={words.report.title[outcome]}>
      <Notice kind={outcome === 'complete' ? 'good' : outcome === 'partial' ? 'attention' : 'info'}>
        {sayOutcome(report, language)}
      </Notice>
      <p>{said.untouched}</p>
      {leftOut.length === 0 ? null : <p>{said.leftOut(formatList(leftOut, language), leftOut.length)}</p>}
      {leftOutItems.length === 0 ? null : <p>{said.leftOutItems(formatList(leftOutItems, language))}</p>}
      {report.folders.length === 0 ? null : <ReportTable report={report} />}
      <ItemTable report={report} />
      {report.exceptions.length === 0 ? null : (
        <>
          <h2 className="t-h2">{said.exceptions.heading}</h2>
          <ExceptionList exceptions={report.exceptions} />
        </>
      )}
      <SaveReport archive={archive} />
      <h2 className="t-h2">{said.facts.heading}</h2>
      <dl className="t-facts">
        <dt>{said.facts.source}</dt>
        <dd>{formatList(report.sources.map(accountName), language)}</dd>
        <dt>{said.facts.target}</dt>
        <dd>{report.target === null ? said.facts.noTarget : accountName(report.target)}</dd>
        <dt>{said.facts.archive}</dt>
        <dd>{report.archive.name}</dd>
        <dt>{said.proof.seal}</dt>
        <dd>
          {report.archive.sealed === null ? (
            said.notRun
          ) : (
            <code className="t-hash">{report.archive.sealed.sha256}</code>
          )}
        </dd>
        <dt>{said.facts.created}</dt>
        <dd>{formatDateTime(report.created, language)}</dd>
        <dt>{said.facts.product}</dt>
        <dd>
          {report.product.name} {report.product.version}
        </dd>
      </dl>
      <Actions>
        {outcome === 'complete' ? null : (
          <SideAction onClick={() => change({ step: report.target === null ? 'target' : 'map' })}>
            {words.report.continue}
          </SideAction>
        )}
        <MainAction onClick={finish}>{words.report.finish}</MainAction>
      </Actions>
    </StepScreen>
  );
}
