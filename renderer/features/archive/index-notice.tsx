import { errorCodes } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { useWords } from '../../services.ts';
import { QuietAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { SearchIndex } from './use-index.ts';

/** What is to be said, or asked, about the search of an archive; nothing where it simply works. */
export function IndexNotice({ index }: { readonly index: SearchIndex }) {
  const words = useWords().archive.index;
  const { state } = index;
  return (
    <section className="t-index" aria-label={words.label}>
      {state.rebuiltAfterDamage ? (
        <Notice kind="info">{state.phase === 'building' ? words.rebuilding : words.rebuilt}</Notice>
      ) : null}
      {phaseOf(index, words)}
      {index.problem === null ? null : <ProblemNotice problem={index.problem} takesFocus />}
    </section>
  );
}

function phaseOf(index: SearchIndex, words: ReturnType<typeof useWords>['archive']['index']) {
  const { state } = index;
  const { done, total } = state.messages;
  switch (state.phase) {
    case 'absent':
      return (
        <div className="t-panel t-index-offer">
          <h2>{words.offer}</h2>
          <p>
            {words.offerText} {state.elsewhere ? words.offerElsewhere : ''}
          </p>
          <div className="t-buttons">
            <SideAction onClick={() => index.start()}>{words.start}</SideAction>
            <QuietAction onClick={index.decline}>{words.decline}</QuietAction>
          </div>
        </div>
      );
    case 'declined':
      return (
        <p className="t-index-line">
          {words.declined} <QuietAction onClick={() => index.start()}>{words.start}</QuietAction>
        </p>
      );
    case 'building':
      return (
        <div className="t-index-work">
          <div className="t-index-line">
            <strong>{words.building}</strong> <span>{words.done(done, total)}</span>
            <QuietAction label={`${words.pause}: ${words.building}`} onClick={index.pause}>
              {words.pause}
            </QuietAction>
          </div>
          <ProgressBar label={words.building} fraction={total === 0 ? null : done / total} />
          {state.searchable ? <p className="t-hint">{words.buildingHint}</p> : null}
        </div>
      );
    case 'paused':
      return (
        <p className="t-index-line">
          {words.paused} {words.done(done, total)}.{' '}
          <QuietAction label={`${words.resume}: ${words.building}`} onClick={() => index.start()}>
            {words.resume}
          </QuietAction>
        </p>
      );
    case 'stale':
      return (
        <p className="t-index-line">
          {words.stale} <QuietAction onClick={() => index.start()}>{words.update}</QuietAction>
        </p>
      );
    case 'failed':
      return (
        <>
          <ProblemNotice problem={{ code: codeOf(state.problem?.code), details: {} }} />
          <SideAction onClick={() => index.start(true)}>{words.again}</SideAction>
        </>
      );
    case 'ready':
      return state.incomplete === 0 ? null : <p className="t-hint">{words.incomplete(state.incomplete)}</p>;
  }
}

function codeOf(code: string | undefined): ErrorCode {
  return code !== undefined && Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'SEARCH_INDEX_FAILED';
}
