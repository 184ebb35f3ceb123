import { displayPath } from '../../../shared/model/folder.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatDuration, formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';

/** More than these a person does not read; the report has them all. */
const most = 20;

/** What else there is to know before an upload: how long it takes at least, what stands against it, labels that stay behind. */
export function PlanRemarks({ plan }: { readonly plan: UploadPlan }) {
  const words = useWords();
  const language = useLanguage();
  const { estimate, warnings, lostKeywords } = plan;
  if (estimate === null && warnings.length === 0 && lostKeywords.length === 0) return null;
  return (
    <section aria-labelledby="remarks-title">
      <h2 className="t-h2" id="remarks-title">
        {words.map.remarksTitle}
      </h2>
      {estimate === null ? null : (
        <p>
          {words.map.atLeast(formatDuration(estimate.seconds, language))} {words.map.basis[estimate.basis]}
        </p>
      )}
      {warnings.map(({ problem, folder }) => (
        <Notice key={JSON.stringify([problem.code, folder])} kind="attention">
          {folder === null ? null : <strong>{displayPath(folder)}: </strong>}
          {explain(problem, language).happened} {explain(problem, language).now}
        </Notice>
      ))}
      {lostKeywords.length === 0 ? null : (
        <details className="t-details">
          <summary>{words.map.lostKeywords(formatNumber(lostKeywords.length, language))}</summary>
          <ul>
            {lostKeywords.slice(0, most).map(({ keyword, folder, messages }) => (
              <li key={JSON.stringify([keyword, folder])}>
                <strong>{keyword}</strong>, {displayPath(folder)}: {words.messages(messages)}
              </li>
            ))}
          </ul>
          {lostKeywords.length <= most ? null : <p>{words.report.more(lostKeywords.length - most)}</p>}
        </details>
      )}
    </section>
  );
}
