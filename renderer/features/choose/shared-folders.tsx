import { useRef } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import { useWizard, useWords } from '../../services.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import type { WatchedSurvey } from './use-survey.ts';

/** What other people share with this mailbox: left out unless chosen by name, because it is theirs. */
export function SharedFolders({ survey }: { readonly survey: WatchedSurvey }) {
  const words = useWords().choose.shared;
  const [wizard, change] = useWizard();
  // A chosen one is listed among the others, and whose it is is told no more.
  const owners = useRef(new Map<string, string | null>());
  // Only Zimbra says whose a folder is, and lets it be read by its name.
  if (wizard.source.account?.address.startsWith('zimbra:') !== true) return null;
  const chosen = wizard.sharedFolders;
  for (const [name, owner] of (survey.value?.remarks ?? []).filter(isShared).map(shareOf))
    owners.current.set(name, owner);
  const names = [...new Set([...chosen, ...owners.current.keys()])].sort((a, b) => a.localeCompare(b));
  if (names.length === 0) return null;
  function choose(name: string, wanted: boolean): void {
    change({ sharedFolders: wanted ? [...chosen, name] : chosen.filter(other => other !== name) });
    survey.restart();
  }
  return (
    <fieldset className="t-choice">
      <legend>{words.title}</legend>
      <p>{words.text}</p>
      {names.map((name, index) => {
        const owner = owners.current.get(name) ?? null;
        return (
          <Checkbox
            key={name}
            id={`shared-${index}`}
            label={owner === null ? name : words.of(name, owner)}
            checked={chosen.includes(name)}
            onChange={wanted => choose(name, wanted)}
          />
        );
      })}
    </fieldset>
  );
}

function isShared({ code, details }: Problem): boolean {
  return code === 'FOLDER_SKIPPED' && details['reason'] === 'other-people' && typeof details['folder'] === 'string';
}

function shareOf({ details }: Problem): readonly [string, string | null] {
  const { folder, owner } = details;
  return [String(folder), typeof owner === 'string' ? owner : null];
}
