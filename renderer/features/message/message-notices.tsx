import type { MessageView } from '../../../shared/model/message-view.ts';
import { useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';

/** What is to be known of a message before it is believed or missed. */
export function MessageNotices({ view }: { readonly view: MessageView }) {
  const words = useWords().message;
  const { signature, problems } = view;
  return (
    <>
      {view.inside.length > 0 && view.pec === null ? <p className="t-hint">{words.inside}</p> : null}
      {view.absent ? <Notice kind="info">{words.absent}</Notice> : null}
      {/* Of certified mail the panel says it. */}
      {signature === null || view.pec !== null ? null : (
        <Notice kind="info">
          <p>{words.signature[signature.kind]}</p>
          <p>{words.signature.keep}</p>
        </Notice>
      )}
      {problems.length === 0 ? null : (
        <Notice kind="attention">
          {problems.map(problem => (
            <p key={problem}>{words.problems[problem]}</p>
          ))}
          <p>{words.problems.rest}</p>
        </Notice>
      )}
    </>
  );
}
