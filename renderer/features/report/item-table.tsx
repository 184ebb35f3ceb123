import { displayPath } from '../../../shared/model/folder.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { reportWordsOf } from '../../../shared/words/report/report-words-of.ts';
import { useLanguage, useWords } from '../../services.ts';

const columns = [
  ...(['found', 'stored', 'uploaded', 'alreadyPresent', 'verified'] as const),
  ...(['setAside', 'differs', 'missing', 'byHand'] as const),
] as const;

/** What there was beside mail, folder by folder; columns of phases that have not run are left out. */
export function ItemTable({ report: { items = [] } }: { readonly report: MigrationReport }) {
  const words = useWords();
  const language = useLanguage();
  const said = reportWordsOf[language].items;
  if (items.length === 0) return null;
  const shown = columns.filter(name => items.some(row => row[name] !== undefined));
  const heads = { ...words.items.outcomes.columns, found: said.columns.found, stored: said.columns.stored };
  return (
    <section aria-labelledby="items-title">
      <h2 className="t-h2" id="items-title">
        {said.heading}
      </h2>
      <div className="t-table-box t-table-tall" role="region" aria-label={said.caption} tabIndex={0}>
        <table className="t-table">
          <caption className="visually-hidden">{said.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.report.columns.folder}</th>
              {shown.map(name => (
                <th key={name} scope="col" className="t-number">
                  {heads[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(row => (
              <tr key={JSON.stringify([row.kind, row.path])}>
                <th scope="row">
                  <bdi>{displayPath(row.path)}</bdi> <span className="t-hint">{said.kinds[row.kind]}</span>
                </th>
                {shown.map(name => {
                  const value = row[name] ?? null;
                  return (
                    <td key={name} className="t-number">
                      {value === null ? (
                        <>
                          <span aria-hidden="true">{words.report.none}</span>
                          <span className="visually-hidden">{words.report.noneSpoken}</span>
                        </>
                      ) : (
                        formatNumber(value, language)
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
