import { useEffect, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { Place } from '../../../shared/model/place.ts';
import { childOf } from '../../child-of.ts';
import { useServices, useWizard } from '../../services.ts';
import type { WizardState } from '../../state/wizard.ts';
import { usePicker } from '../picker/picker-context.ts';

export interface ChosenPlace {
  readonly value: Place | null;
  readonly problem: Problem | null;
  readonly pick: () => void;
}

/** The folder for the archive, looked at as soon as it is chosen and again when the screen comes back. */
export function usePlace(): ChosenPlace {
  const { client } = useServices();
  const picker = usePicker();
  const [wizard, change] = useWizard();
  const [state, setState] = useState<{ value: Place | null; problem: Problem | null }>({ value: null, problem: null });
  const { archive } = wizard;

  useEffect(() => {
    if (archive === null) return;
    let stopped = false;
    client.call('archive.inspect', { path: archive }).then(
      value => {
        if (!stopped) setState({ value, problem: value.problem });
      },
      (error: unknown) => {
        if (!stopped) setState({ value: null, problem: problemOf(error) });
      },
    );
    return () => {
      stopped = true;
    };
  }, [client, archive]);

  async function pick(): Promise<void> {
    const picked = await picker.folder();
    if (picked === null) return;
    const found = await client.call('archive.inspect', { path: picked });
    // An archive wants a folder of its own: among other files, one beneath.
    const path = found.holds === 'other-files' ? childOf(picked, folderName(wizard)) : picked;
    setState({ value: null, problem: null });
    change({ archive: path });
  }

  return {
    ...state,
    pick: () => {
      pick().catch((error: unknown) => setState({ value: null, problem: problemOf(error) }));
    },
  };
}

function folderName({ way, source, file }: WizardState): string {
  const mail = way === 'file' ? (file?.name ?? '') : source.mail;
  return `Travaso ${mail.replaceAll(/[^\p{L}\p{N}@._-]+/gu, '-')}`.slice(0, 100);
}
