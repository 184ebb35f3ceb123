import { displayPath } from '../../../shared/model/folder.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { ItemFolderPlan, UploadPlan } from '../../../shared/model/upload-plan.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';
import { fieldName } from '../items/field-name.ts';
import { ItemChoice } from './item-choice.tsx';

const most = 50;

/** Items that the new mailbox takes by itself and does not have yet. */
export function itemsToGo({ items = [] }: Pick<UploadPlan, 'items'>, staying: readonly ItemKind[]): number {
  return items
    .filter(({ fate, kind }) => fate === 'upload' && !staying.includes(kind))
    .reduce((sum, { items: count, done }) => sum + count - done, 0);
}

interface ItemPlanProps {
  readonly plan: UploadPlan;
  /** Kinds that stay in the archive, as the person chose. */
  readonly staying: readonly ItemKind[];
  readonly onChange: (staying: ItemKind[]) => void;
}

/** Where contacts, calendars and the rest go, what of them changes on the way, and what does not go by itself. */
export function ItemPlan({ plan, staying, onChange }: ItemPlanProps) {
  const words = useWords();
  const language = useLanguage();
  const said = words.items.plan;
  const { items = [] } = plan;
  if (items.length === 0) return null;
  const going = items.filter(({ kind }) => !staying.includes(kind));
  const refusals = going.flatMap(folder => folder.refusals);
  const changes = changesOf(going);
  return (
    <section aria-labelledby="item-plan-title">
      <h2 className="t-h2" id="item-plan-title">
        {said.title}
      </h2>
      <ItemChoice plan={plan} staying={staying} onChange={onChange} />
      <div className="t-table-box" role="region" aria-label={said.table} tabIndex={0}>
        <table className="t-table">
          <caption className="visually-hidden">{said.table}</caption>
          <thead>
            <tr>
              <th scope="col">{said.columns.what}</th>
              <th scope="col">{said.columns.where}</th>
              <th scope="col" className="t-number">
                {said.columns.items}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(folder => (
              <tr key={JSON.stringify([folder.kind, folder.folder])}>
                <th scope="row">
                  {words.choose.kinds[folder.kind]}: <bdi>{displayPath(folder.folder)}</bdi>
                </th>
                <td>
                  {staying.includes(folder.kind) ? (
                    said.stays
                  ) : folder.fate === 'upload' ? (
                    <>
                      <bdi>{folder.name}</bdi> ({folder.exists ? said.exists : said.created})
                    </>
                  ) : (
                    said.fates[folder.fate]
                  )}
                </td>
                <td className="t-number">
                  {formatNumber(folder.items, language)}
                  {folder.done === 0 ? null : <span className="t-hint"> {said.done(folder.done)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changes.length === 0 ? null : (
        <details className="t-details">
          <summary>{said.changedTitle}</summary>
          <ul>
            {changes.map(({ field, fate, items: count }) => (
              <li key={`${field} ${fate}`}>{said.changed(count, fieldName(field, words), fate === 'as-text')}</li>
            ))}
          </ul>
        </details>
      )}
      {refusals.length === 0 ? null : (
        <>
          <Notice kind="attention">{said.refused(refusals.length)}</Notice>
          <ul>
            {refusals.slice(0, most).map(({ name, problem }, index) => (
              <li key={index}>
                <strong>
                  <bdi>{name}</bdi>
                </strong>
                : {explain(problem, language).happened}
              </li>
            ))}
          </ul>
          {refusals.length <= most ? null : <p>{words.report.more(refusals.length - most)}</p>}
        </>
      )}
    </section>
  );
}

/** Each field once, however many folders have it. */
function changesOf(items: readonly ItemFolderPlan[]): ItemFolderPlan['changed'] {
  const all = Map.groupBy(
    items.flatMap(({ changed }) => changed),
    ({ field, fate }) => `${field} ${fate}`,
  );
  return [...all.values()].flatMap(same => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, items: same.reduce((sum, each) => sum + each.items, 0) }];
  });
}
