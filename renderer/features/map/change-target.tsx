import { useState } from 'react';
import type { FormEvent } from 'react';
import { displayPath } from '../../../shared/model/folder.ts';
import { useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import type { PlannedFolder } from './folder-map.tsx';

interface ChangeTargetProps {
  readonly folder: PlannedFolder;
  readonly onCancel: () => void;
  readonly onChange: (target: readonly string[]) => void;
}

/** Another destination for one folder. The server's own separator is the plan's business; here it is a slash. */
export function ChangeTarget({ folder, onCancel, onChange }: ChangeTargetProps) {
  const words = useWords();
  const [name, setName] = useState(displayPath(folder.targetPath));
  const [missing, setMissing] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const target = name
      .split('/')
      .map(segment => segment.trim())
      .filter(segment => segment !== '');
    setMissing(target.length === 0);
    if (target.length > 0) onChange(target);
  }

  return (
    <Dialog title={words.map.changeTitle(displayPath(folder.path))} onClose={onCancel}>
      <form onSubmit={submit} noValidate>
        <Field
          id="target-folder"
          label={words.map.changeField}
          hint={words.map.changeHint}
          value={name}
          onChange={setName}
          error={missing ? words.required : null}
        />
        <MainAction>{words.actions.save}</MainAction>
      </form>
    </Dialog>
  );
}
