import { displayPath, folderKey } from '../../../shared/model/folder.ts';
import type { MigrationReport, ReportFolder } from '../../../shared/model/report.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { reportWordsOf } from '../../../shared/words/report/report-words-of.ts';
import { useLanguage, useWords } from '../../services.ts';
import type { Words } from '../../words/words.ts';

const columns = ['found', 'stored', 'uploaded', 'verified'] as const;

/** The counts of every folder, and under its name the reason of each difference between them. */
export function ReportTable({ report }: { readonly report: MigrationReport }) {
  const words = useWords();
  const language = useLanguage();
  const said = reportWordsOf[language].folders;
  return (
    <div className="t-table-box t-table-tall" role="region" aria-label={said.heading} tabIndex={0}>
      <table className="t-table">
        <caption>{said.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.report.columns.folder}</th>
            {columns.map(name => (
              <th key={name} scope="col" className="t-number">
                {words.report.columns[name]}
              </th>
            ))}
            <th scope="col" className="t-number">
              {words.report.columns.attention}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.folders.map(folder => (
            <tr key={folderKey(folder.path)}>
              <th scope="row">
                {displayPath(folder.path)}
                {folder.chosen ? null : <span className="t-hint">{said.notChosen}</span>}
                {folder.differences.map(difference => (
                  <span key={difference.code} className="t-hint t-difference">
                    {reasonOf(difference, words, language)}
                  </span>
                ))}
              </th>
              {columns.map(name => (
                <td key={name} className="t-number">
                  <Count value={folder[name]} />
                </td>
              ))}
              <td className="t-number">
                <Count value={attentionOf(folder)} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{said.total}</th>
            {columns.map(name => (
              <td key={name} className="t-number">
                <Count value={report.totals[name]} />
              </td>
            ))}
            <td className="t-number">
              <Count value={attentionOf(report.totals)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Count({ value }: { readonly value: number | null }) {
  const words = useWords();
  const language = useLanguage();
  if (value !== null) return formatNumber(value, language);
  return (
    <>
      <span aria-hidden="true">{words.report.none}</span>
      <span className="visually-hidden">{words.report.noneSpoken}</span>
    </>
  );
}

/** Two different counts of messages that need a look; null while neither phase has run. */
function attentionOf({ setAside, missing }: Pick<ReportFolder, 'setAside' | 'missing'>): number | null {
  return setAside === null && missing === null ? null : (setAside ?? 0) + (missing ?? 0);
}

function reasonOf({ code, count }: ReportFolder['differences'][number], words: Words, language: Language): string {
  const phrase = reportWordsOf[language].folders.differences[code];
  if (phrase !== undefined) return words.report.differences(count, count === 1 ? phrase[0] : phrase[1]);
  if (code === 'ALREADY_AT_TARGET' || code === 'GONE_FROM_SOURCE' || code === 'NOT_CHOSEN' || code === 'NOT_YET') {
    return formatNumber(count, language);
  }
  return words.report.differences(count, explain({ code, details: {} }, language).happened);
}
