import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { Place } from '../../../shared/model/place.ts';
import { childOf } from '../../child-of.ts';
import { useServices, useWizard } from '../../services.ts';
import type { WizardState } from '../../state/wizard.ts';
import { usePicker } from '../picker/picker-context.ts';

interface LookedAt {
  readonly path: string;
  readonly place: Place;
}

export interface ChosenPlace {
  readonly value: Place | null;
  readonly problem: Problem | null;
  readonly pick: () => void;
  /**
   * The place that is meant now: one that is still being looked at is waited for. Null when there is none, or when it
   * cannot be looked at.
   */
  readonly current: () => Promise<LookedAt | null>;
}

/** The folder for the archive, looked at as soon as it is chosen and again when the screen comes back. */
export function usePlace(): ChosenPlace {
  const { client } = useServices();
  const picker = usePicker();
  const [wizard, change] = useWizard();
  const [state, setState] = useState<{ value: Place | null; problem: Problem | null }>({ value: null, problem: null });
  const latest = useRef<Promise<LookedAt> | null>(null);
  const known = useRef<string | null>(null);
  const { archive } = wizard;

  /** What was asked last counts, however late the others answer. */
  const look = useCallback(
    (looking: Promise<LookedAt>) => {
      latest.current = looking;
      looking.then(
        ({ path, place }) => {
          if (latest.current !== looking) return;
          known.current = path;
          setState({ value: place, problem: place.problem });
          change({ archive: path });
        },
        (error: unknown) => {
          if (latest.current === looking) setState({ value: null, problem: problemOf(error) });
        },
      );
    },
    [change],
  );

  useEffect(() => {
    if (archive === null || archive === known.current) return;
    look(client.call('archive.inspect', { path: archive }).then(place => ({ path: archive, place })));
  }, [client, archive, look]);

  async function lookAtPicked(picked: string): Promise<LookedAt> {
    const found = await client.call('archive.inspect', { path: picked });
    // An archive wants a folder of its own: among other files, one beneath.
    const path = found.holds === 'other-files' ? childOf(picked, folderName(wizard)) : picked;
    const place = path === picked ? found : await client.call('archive.inspect', { path });
    return { path, place };
  }

  return {
    ...state,
    pick: () => {
      picker.folder().then(
        picked => {
          if (picked !== null) look(lookAtPicked(picked));
        },
        (error: unknown) => setState({ value: null, problem: problemOf(error) }),
      );
    },
    current: async () => (await latest.current?.catch(() => null)) ?? null,
  };
}

function folderName({ way, source, file }: WizardState): string {
  const mail = way === 'file' ? (file?.name ?? '') : source.mail;
  return `Travaso ${mail.replaceAll(/[^\p{L}\p{N}@._-]+/gu, '-')}`.slice(0, 100);
}
