import type { Problem } from '../../../shared/errors.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useWizard, useWords } from '../../services.ts';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { ChosenPlace } from './use-place.ts';

interface PlaceChoiceProps {
  readonly place: ChosenPlace;
  /** Octets the choice takes; null until counted. */
  readonly need: number | null;
  readonly missing: boolean;
  /** Why the backup could not begin there. */
  readonly refused: Problem | null;
  readonly onPicked: () => void;
}

/** Where the archive goes, and whether it fits there. */
export function PlaceChoice({ place, need, missing, refused, onPicked }: PlaceChoiceProps) {
  const words = useWords();
  const language = useLanguage();
  const [{ archive }] = useWizard();
  const free = place.value?.freeBytes ?? null;
  // How much of it is there already is not known before the backup: no verdict then, rather than a wrong one.
  const adding = place.value?.holds === 'archive';
  return (
    <section aria-labelledby="place-title">
      <h2 className="t-h2" id="place-title">
        {words.choose.whereTitle}
      </h2>
      <div className="t-place">
        <p id="place-path" className={archive === null ? 't-hint' : 't-path'}>
          {archive ?? words.choose.whereHint}
        </p>
        <button
          id="place-button"
          type="button"
          className="btn btn-outline-primary"
          aria-describedby={missing ? 'place-path place-error' : 'place-path'}
          onClick={() => {
            onPicked();
            place.pick();
          }}
        >
          {archive === null ? words.actions.chooseFolder : words.actions.change}
        </button>
      </div>
      <div aria-live="polite">
        {missing ? (
          <p id="place-error" className="t-field-error">
            <Icon name="it-error" />
            {words.choose.whereMissing}
          </p>
        ) : null}
      </div>
      <dl className="t-figures">
        <div>
          <dt>{words.choose.need}</dt>
          <dd>{need === null ? words.choose.needUnknown : words.choose.about(formatBytes(need, language))}</dd>
        </div>
        {place.value === null ? null : (
          <div>
            <dt>{words.choose.free}</dt>
            <dd>{free === null ? words.choose.freeUnknown : formatBytes(free, language)}</dd>
          </div>
        )}
      </dl>
      {place.problem === null ? null : <ProblemNotice problem={place.problem} />}
      {refused === null ? null : <ProblemNotice problem={refused} takesFocus />}
      {place.value?.holds === 'archive' ? <Notice kind="info">{words.choose.existing}</Notice> : null}
      {place.value?.holds === 'unreachable' ? <Notice kind="attention">{words.choose.unreachable}</Notice> : null}
      {need === null || free === null || place.problem !== null || refused !== null || adding ? null : need > free ? (
        <Notice kind="attention" live>
          {words.choose.tooLittle}
        </Notice>
      ) : (
        <p className="t-ok">
          <Icon name="it-check-circle" />
          {words.choose.enough}
        </p>
      )}
    </section>
  );
}
