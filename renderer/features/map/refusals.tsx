import { displayPath } from '../../../shared/model/folder.ts';
import type { ForeseenRefusal } from '../../../shared/model/upload-plan.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';

const most = 200;

/** Each message the new mailbox is expected to refuse, by name and with its reason. */
export function Refusals({ refusals }: { readonly refusals: readonly ForeseenRefusal[] }) {
  const words = useWords();
  const language = useLanguage();
  const { columns } = words.map;
  return (
    <section aria-labelledby="refusals-title">
      <h2 className="t-h2" id="refusals-title">
        {words.map.refusalsTitle}
      </h2>
      {refusals.length === 0 ? (
        <p className="t-ok">
          <Icon name="it-check-circle" />
          {words.map.refusalsNone}
        </p>
      ) : (
        <>
          <Notice kind="attention">{words.map.refusals(words.messages(refusals.length))}</Notice>
          <div className="t-table-box" role="region" aria-label={words.map.refusalsTable} tabIndex={0}>
            <table className="t-table">
              <caption className="visually-hidden">{words.map.refusalsTable}</caption>
              <thead>
                <tr>
                  {(['subject', 'folder', 'size', 'why'] as const).map(name => (
                    <th key={name} scope="col">
                      {columns[name]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {refusals.slice(0, most).map(refusal => (
                  <tr key={JSON.stringify([refusal.folder, refusal.number])}>
                    <th scope="row">{refusal.subject ?? words.map.noSubject}</th>
                    <td>{displayPath(refusal.folder)}</td>
                    <td className="t-number">{formatBytes(refusal.octets, language)}</td>
                    <td>{explain(refusal.problem, language).happened}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {refusals.length <= most ? null : <p>{words.report.more(refusals.length - most)}</p>}
        </>
      )}
    </section>
  );
}
