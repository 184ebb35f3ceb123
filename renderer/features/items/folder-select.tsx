import { useId } from 'react';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { ArchivedItemFolder } from '../../../shared/model/item-view.ts';
import { accountLabel } from '../../../shared/words/account-label.ts';
import { useLanguage } from '../../services.ts';

interface FolderSelectProps {
  readonly folders: readonly ArchivedItemFolder[];
  readonly kind: ItemKind;
  readonly label: string;
  readonly all: string;
  /** Null: all of them. */
  readonly folder: number | null;
  readonly onChoose: (folder: number | null) => void;
}

/** Which address book, calendar or list. Nothing to choose where there is one. */
export function FolderSelect({ folders, kind, label, all, folder, onChoose }: FolderSelectProps) {
  const language = useLanguage();
  const id = useId();
  const own = folders.filter(each => each.kind === kind);
  const several = new Set(own.map(({ account }) => account)).size > 1;
  if (own.length < 2) return null;
  return (
    <span className="t-item-folder">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={folder ?? ''}
        onChange={event => onChoose(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <option value="">{all}</option>
        {own.map(({ folder: number, path, account }) => (
          <option key={number} value={number}>
            {displayPath(path)}
            {several ? ` — ${accountLabel(account, language)}` : ''}
          </option>
        ))}
      </select>
    </span>
  );
}
