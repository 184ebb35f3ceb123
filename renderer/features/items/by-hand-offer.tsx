import { useWords } from '../../services.ts';
import { HandoverWork } from './handover-work.tsx';

/** What a target does not take by itself is carried by the person. */
export function ByHandOffer({ archive }: { readonly archive: string }) {
  const words = useWords().items.byHand;
  return (
    <section aria-labelledby="by-hand-title">
      <h2 className="t-h2" id="by-hand-title">
        {words.title}
      </h2>
      <p>{words.text}</p>
      <HandoverWork archive={archive} />
    </section>
  );
}
