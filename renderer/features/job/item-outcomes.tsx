import { itemKinds } from '../../../shared/model/item.ts';
import type { ItemOutcomeCounts, ItemOutcomes } from '../../../shared/model/item.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';

const usual = ['toCarry', 'uploaded', 'alreadyPresent', 'verified'] as const;
/** Told only where there are any. */
const seldom = ['setAside', 'differs', 'missing', 'byHand'] as const;

interface ItemOutcomesProps {
  /** Of the upload, then of its proof: what each counted itself. */
  readonly uploaded: ItemOutcomes | undefined;
  readonly proved?: ItemOutcomes | undefined;
}

/** What became of contacts, calendars and the rest, kind by kind. */
export function ItemOutcomesTable({ uploaded = {}, proved }: ItemOutcomesProps) {
  const words = useWords();
  const language = useLanguage();
  const said = words.items.outcomes;
  const rows = itemKinds.flatMap(kind => {
    const counts = joined(uploaded[kind], proved?.[kind]);
    return counts === null ? [] : [{ kind, counts }];
  });
  if (rows.length === 0) return null;
  const columns = [...usual, ...seldom.filter(name => rows.some(({ counts }) => counts[name] > 0))];
  return (
    <section aria-labelledby="outcomes-title">
      <h2 className="t-h2" id="outcomes-title">
        {said.title}
      </h2>
      <div className="t-table-box" role="region" aria-label={said.caption} tabIndex={0}>
        <table className="t-table">
          <caption className="visually-hidden">{said.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.columns.kind}</th>
              {columns.map(name => (
                <th key={name} scope="col" className="t-number">
                  {said.columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, counts }) => (
              <tr key={kind}>
                <th scope="row">{words.choose.kinds[kind]}</th>
                {columns.map(name => (
                  <td key={name} className="t-number">
                    {formatNumber(counts[name], language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {proved === undefined ? null : <p className="t-hint">{said.proof}</p>}
    </section>
  );
}

/** The proof counts what it proved and what it missed; the rest is the upload's own count. */
function joined(
  uploaded: ItemOutcomeCounts | undefined,
  proved: ItemOutcomeCounts | undefined,
): ItemOutcomeCounts | null {
  if (uploaded === undefined) return proved ?? null;
  return proved === undefined
    ? uploaded
    : { ...uploaded, verified: proved.verified, missing: proved.missing, differs: proved.differs };
}
