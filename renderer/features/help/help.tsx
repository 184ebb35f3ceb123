import { useEffect, useState, useSyncExternalStore } from 'react';
import { restingStatuses } from '../../../shared/model/job.ts';
import { explain } from '../../../shared/words/explain.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { helpDeskContact } from '../organisation/help-desk-contact.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Diagnostics } from './diagnostics.tsx';

/** What is happening, in plain words; the code for the help desk; the answers people ask for most. */
export function Help() {
  const words = useWords();
  const language = useLanguage();
  const { client, host, jobs } = useServices();
  const all = useSyncExternalStore(jobs.subscribe, jobs.all);
  const [desk, setDesk] = useState<string | null>(null);
  useEffect(() => {
    client.call('organisation.read', {}).then(
      ({ profile }) => setDesk(profile === null ? null : helpDeskContact(profile, language)),
      () => setDesk(null),
    );
  }, [client, language]);

  const newest = all.map(job => job.snapshot).sort((a, b) => b.updated.localeCompare(a.updated));
  const live = newest.find(({ status }) => !restingStatuses.includes(status));
  const [last] = newest;
  const problem = last?.problem ?? null;
  const questions = Object.values(words.help.questions);
  return (
    <Screen title={words.help.title}>
      <h2 className="t-h2">{words.help.nowTitle}</h2>
      <p>
        {live !== undefined
          ? words.help.running[live.kind]
          : last?.status === 'paused' || last?.status === 'interrupted'
            ? words.help.paused
            : words.help.idle}
      </p>
      <h2 className="t-h2">{words.help.deskTitle}</h2>
      {problem === null ? (
        <p>{words.help.deskNone}</p>
      ) : (
        <>
          <p className="t-desk-code">{explain(problem, language).deskCode}</p>
          <ProblemNotice problem={problem} />
        </>
      )}
      <p>{desk === null ? words.help.deskUnknown : words.help.deskContact(desk)}</p>
      <h2 className="t-h2">{words.help.questionsTitle}</h2>
      {questions.map(({ ask, answer }) => (
        <details key={ask} className="t-question">
          <summary>{ask}</summary>
          <p>{answer}</p>
        </details>
      ))}
      <Diagnostics />
      <p className="t-hint">{words.help.version(host.version)}</p>
    </Screen>
  );
}
