import { useId } from 'react';
import type { Pec, PecKind } from '../../../shared/model/message-view.ts';
import { formatDateTime } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';

interface PecPanelProps {
  readonly pec: Pec;
  /** Whether the provider's envelope is shown instead of the message in it. */
  readonly envelope: boolean;
  readonly onEnvelope: (pec: 'inner' | 'envelope') => void;
  readonly onOpen: (folder: number, number: number) => void;
}

const tones = {
  message: 'info',
  acceptance: 'good',
  nonAcceptance: 'attention',
  delivery: 'good',
  nonDelivery: 'attention',
  notice: 'info',
  anomaly: 'attention',
  other: 'info',
} as const satisfies Record<PecKind, 'info' | 'good' | 'attention'>;

/** Certified mail, in words: what this message is, what it proves, and what it belongs to. */
export function PecPanel({ pec, envelope, onEnvelope, onOpen }: PecPanelProps) {
  const words = useWords().message.pec;
  const language = useLanguage();
  const id = useId();
  const facts: readonly (readonly [label: string, value: string])[] = [
    [words.date, pec.date === null ? '' : formatDateTime(pec.date, language)],
    [words.sender, pec.sender],
    [words.subject, pec.subject],
    [words.concerns, pec.concerns ?? ''],
    [words.error, pec.error ?? ''],
    [words.provider, pec.provider],
    [words.identifier, pec.identifier],
  ];
  return (
    <section className="t-panel t-pec" aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <Notice kind={tones[pec.kind]}>
        <p className="t-strong">{words.kinds[pec.kind]}</p>
        <p>{words.meanings[pec.kind]}</p>
      </Notice>
      <dl className="t-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        {pec.recipients.length === 0 ? null : (
          <div>
            <dt>{words.recipients}</dt>
            {pec.recipients.map(({ address, type }, index) => (
              <dd key={index}>
                <bdi>{address}</bdi>
                {type === null ? null : ` (${words[type]})`}
              </dd>
            ))}
          </div>
        )}
      </dl>
      {pec.related.length === 0 ? null : (
        <>
          <h4>{words.related}</h4>
          <ul className="t-related">
            {pec.related.map(({ folder, number, what }) => (
              <li key={`${folder} ${number}`}>
                <QuietAction onClick={() => onOpen(folder, number)}>{words.what[what]}</QuietAction>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{words.untouched}</p>
      {pec.inner === null ? null : (
        <QuietAction onClick={() => onEnvelope(envelope ? 'inner' : 'envelope')}>
          {envelope ? words.showInner : words.showEnvelope}
        </QuietAction>
      )}
    </section>
  );
}
