import { useEffect, useState } from 'react';
import type { JobSnapshot, JobStatus } from '../../../shared/model/job.ts';
import type { Place } from '../../../shared/model/place.ts';
import { formatBytes, formatDateTime } from '../../../shared/words/format.ts';
import { accountName } from '../../account-name.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { forgetSignIns } from '../../forget-sign-ins.ts';
import { useNavigation } from '../../navigation.ts';
import { withOpen } from '../../state/remembered.ts';
import type { KnownArchive } from '../../state/remembered.ts';
import { MainAction, QuietAction, SideAction } from '../../ui/actions.tsx';
import { Icon } from '../../ui/icon.tsx';
import { takenUp } from './take-up.ts';

type Shown = 'interrupted' | 'paused' | 'running' | 'failed' | 'partial' | 'succeeded';

const shownAs: Readonly<Record<JobStatus, Shown>> = {
  queued: 'running',
  running: 'running',
  pausing: 'running',
  cancelling: 'running',
  paused: 'paused',
  cancelled: 'paused',
  interrupted: 'interrupted',
  failed: 'failed',
  partial: 'partial',
  succeeded: 'succeeded',
};

/** One archive known on this computer: what is in it, how its last job ended, and the way on. */
export function ArchiveCard({ archive }: { readonly archive: KnownArchive }) {
  const words = useWords();
  const language = useLanguage();
  const { client, store, session } = useServices();
  const { go } = useNavigation();
  const [place, setPlace] = useState<Place | 'unreachable' | null>(null);

  useEffect(() => {
    let stopped = false;
    client.call('archive.inspect', { path: archive.path }).then(
      value => {
        if (!stopped) setPlace(value);
      },
      () => {
        if (!stopped) setPlace('unreachable');
      },
    );
    return () => {
      stopped = true;
    };
  }, [client, archive.path]);

  const summary = place === null || place === 'unreachable' ? null : place.archive;
  const job: JobSnapshot | null = summary?.lastJob ?? null;
  const shown = job === null ? null : shownAs[job.status];
  const resumable = shown === 'interrupted' || shown === 'paused' || shown === 'failed';
  const name = archive.path.split(/[\\/]/).at(-1) ?? archive.path;

  function takeUp(): void {
    if (summary === null) return;
    const { wizard } = store.get();
    if (wizard?.archive !== archive.path) forgetSignIns({ client, session });
    store.set(all => ({ ...all, wizard: takenUp(all.wizard, archive.path, summary) }));
    go('wizard');
  }

  function open(): void {
    store.set(all => ({ ...all, browsing: withOpen(all.browsing, archive.path) }));
    go('archive');
  }

  return (
    <article className="t-card" aria-labelledby={`archive-${name}`}>
      <div className="t-card-head">
        <h3 id={`archive-${name}`}>
          <Icon name="it-folder" />
          {name}
        </h3>
        {shown === null ? null : (
          <span className="t-tag" data-state={shown}>
            {words.home.states[shown]}
          </span>
        )}
      </div>
      <p className="t-hint t-path">{archive.path}</p>
      {summary === null ? (
        place === null ? null : (
          <p>{words.home.unreachable}</p>
        )
      ) : (
        <>
          <p>
            {words.home.contents(words.messages(summary.messages), formatBytes(summary.octets, language))}
            {summary.source === null ? null : (
              <>
                <br />
                {words.home.from(accountName(summary.source))}
              </>
            )}
          </p>
          {shown === 'interrupted' ? <p>{words.home.interruptedHint}</p> : null}
        </>
      )}
      <p className="t-hint">{words.home.lastUsed(formatDateTime(archive.lastUsed, language))}</p>
      <div className="t-buttons">
        {summary === null ? null : <SideAction onClick={open}>{words.archive.open}</SideAction>}
        {summary === null ? null : resumable ? (
          <MainAction onClick={takeUp}>{words.actions.resume}</MainAction>
        ) : (
          <SideAction onClick={takeUp}>{words.home.use}</SideAction>
        )}
        <QuietAction
          label={`${words.home.forget}: ${name}`}
          onClick={() =>
            store.set(all => ({ ...all, archives: all.archives.filter(({ path }) => path !== archive.path) }))
          }
        >
          {words.home.forget}
        </QuietAction>
      </div>
    </article>
  );
}
