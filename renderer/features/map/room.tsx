import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** What is to be sent against the room that is left. */
export function Room({ plan }: { readonly plan: UploadPlan }) {
  const words = useWords();
  const language = useLanguage();
  const { quota } = plan.limits;
  return (
    <section aria-labelledby="room-title">
      <h2 className="t-h2" id="room-title">
        {words.map.roomTitle}
      </h2>
      <dl className="t-figures">
        <div>
          <dt>{words.map.need}</dt>
          <dd>
            {formatBytes(plan.octets, language)} <span className="t-hint">({words.messages(plan.messages)})</span>
          </dd>
        </div>
        <div>
          <dt>{words.map.free}</dt>
          <dd>{quota === null ? '—' : formatBytes(Math.max(0, quota.limitBytes - quota.usedBytes), language)}</dd>
        </div>
      </dl>
      {quota === null ? <p className="t-hint">{words.map.noLimit}</p> : null}
      {plan.quotaProblem !== null ? (
        <>
          <Notice kind="attention">{words.map.tooLittle}</Notice>
          <ProblemNotice problem={plan.quotaProblem} />
        </>
      ) : quota === null ? null : (
        <p className="t-ok">
          <Icon name="it-check-circle" />
          {words.map.enough}
        </p>
      )}
    </section>
  );
}
