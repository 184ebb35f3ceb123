import { displayPath } from '../../../shared/model/folder.ts';
import type { ReportException } from '../../../shared/model/report.ts';
import { explain } from '../../../shared/words/explain.ts';
import { useLanguage, useWords } from '../../services.ts';

const most = 50;

/** What did not go as it should, the same problem in the same folder told once. */
export function ExceptionList({
  exceptions,
}: {
  readonly exceptions: readonly Pick<ReportException, 'problem' | 'folder'>[];
}) {
  const words = useWords();
  const language = useLanguage();
  const groups = [...Map.groupBy(exceptions, ({ problem, folder }) => JSON.stringify([problem.code, folder])).values()];
  return (
    <>
      <ul className="t-cases">
        {groups.slice(0, most).map(group => {
          const [first] = group;
          if (first === undefined) return null;
          const said = explain(first.problem, language);
          return (
            <li key={JSON.stringify([first.problem.code, first.folder])}>
              <p className="t-case-head">
                <strong>{said.happened}</strong>
                <span className="t-count">{words.report.exceptionCount(group.length)}</span>
              </p>
              {first.folder === null ? null : <p>{words.verify.folderOf(displayPath(first.folder))}</p>}
              <p>{said.safe}</p>
              <p>{said.now}</p>
              <p className="t-hint">{said.desk}</p>
            </li>
          );
        })}
      </ul>
      {groups.length <= most ? null : <p>{words.report.more(groups.length - most)}</p>}
    </>
  );
}
