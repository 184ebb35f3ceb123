import { useState } from 'react';
import { TravasoError } from '../../../shared/errors.ts';
import type { RecognisedMail } from '../../../shared/model/recognised-mail.ts';
import { useServices, useWizard } from '../../services.ts';
import { useTask } from '../../use-task.ts';
import type { Task } from '../../use-task.ts';

/** Mail that can be opened where it lies. */
export type OpenableMail = RecognisedMail & { readonly address: string };

export interface Recognition {
  readonly task: Task;
  /** What there is to choose from; empty after a restart, when only the choice is remembered. */
  readonly choices: readonly OpenableMail[];
  /** An archive of ours, which needs no copying. */
  readonly archive: string | null;
  readonly look: (path: string) => void;
  readonly choose: (mail: OpenableMail) => void;
}

/** Finds out what the person pointed at, and takes it if there is but one thing to take. */
export function useRecognition(onChosen: () => void): Recognition {
  const { client, session } = useServices();
  const [, change] = useWizard();
  const task = useTask();
  const [found, setFound] = useState<{ readonly path: string; readonly choices: readonly OpenableMail[] }>();
  const [archive, setArchive] = useState<string | null>(null);

  function take(path: string, mail: OpenableMail): void {
    // Another backup is another set of folders, counted anew.
    session.surveyId = null;
    const { kind, address, program, variant, name, zipped, files, octets } = mail;
    change({
      file: { path, kind, address, program, variant, name, zipped, files, octets },
      leftOut: [],
      leftOutItems: [],
    });
  }

  function look(path: string): void {
    task.run(async () => {
      setArchive(null);
      const { found: all } = await client.call('file.recognise', { path });
      const choices = all.filter(isOpenable);
      const [first] = choices;
      if (first === undefined) {
        const unusable = all.find(({ problem }) => problem !== null)?.problem ?? null;
        if (unusable !== null) throw new TravasoError(unusable.code, unusable.details);
        setFound(undefined);
        setArchive(path);
        return;
      }
      setFound({ path, choices });
      take(path, first);
      onChosen();
    });
  }

  return {
    task,
    choices: found?.choices ?? [],
    archive,
    look,
    choose: mail => {
      if (found !== undefined) take(found.path, mail);
    },
  };
}

function isOpenable(mail: RecognisedMail): mail is OpenableMail {
  return mail.address !== null && mail.problem === null;
}
