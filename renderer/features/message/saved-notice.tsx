import { useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../use-task.ts';

/** Where something was saved, with the way there in the window. Stands there empty, so that it is heard when it comes. */
export function SavedNotice({ path }: { readonly path: string | null }) {
  const words = useWords();
  const { client, host } = useServices();
  const task = useTask();
  function reveal(at: string): void {
    task.run(async () => {
      await client.host('host.reveal', { path: at });
    });
  }
  return (
    <div role="status">
      {path === null ? null : (
        <Notice kind="good">
          <span className="t-path">{words.message.actions.saved(path)}</span>{' '}
          {host.host === 'browser' ? null : (
            <QuietAction onClick={() => reveal(path)}>{words.actions.reveal}</QuietAction>
          )}
        </Notice>
      )}
    </div>
  );
}
