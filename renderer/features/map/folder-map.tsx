import { displayPath, folderKey } from '../../../shared/model/folder.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';

export type PlannedFolder = UploadPlan['folders'][number];

interface FolderMapProps {
  readonly folders: readonly PlannedFolder[];
  /** Null where it can only be looked at. */
  readonly onChange: ((folder: PlannedFolder) => void) | null;
}

export function FolderMap({ folders, onChange }: FolderMapProps) {
  const words = useWords();
  const language = useLanguage();
  const { columns } = words.map;
  return (
    <section aria-labelledby="folders-title">
      <h2 className="t-h2" id="folders-title">
        {words.map.foldersTitle}
      </h2>
      <div className="t-table-box t-table-tall" role="region" aria-label={words.map.foldersTable} tabIndex={0}>
        <table className="t-table">
          <caption className="visually-hidden">{words.map.foldersTable}</caption>
          <thead>
            <tr>
              {(['from', 'to', 'messages'] as const).map(name => (
                <th key={name} scope="col" className={name === 'messages' ? 't-number' : undefined}>
                  {columns[name]}
                </th>
              ))}
              {onChange === null ? null : (
                <th scope="col">
                  <span className="visually-hidden">{columns.change}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {folders.map(folder => (
              <tr key={folderKey(folder.path)}>
                <th scope="row">{displayPath(folder.path)}</th>
                <td>
                  {displayPath(folder.targetPath)}{' '}
                  <span className="t-tag">{folder.exists ? words.map.exists : words.map.created}</span>
                  {folder.renamed === null ? null : (
                    <span className="t-hint">{explain(folder.renamed, language).happened}</span>
                  )}
                </td>
                <td className="t-number">
                  {formatNumber(folder.messages, language)}
                  {folder.done === 0 ? null : <span className="t-hint">{words.map.done(folder.done)}</span>}
                </td>
                {onChange === null ? null : (
                  <td>
                    <QuietAction
                      onClick={() => onChange(folder)}
                      label={words.map.changeLabel(displayPath(folder.path))}
                    >
                      {words.actions.change}
                    </QuietAction>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
