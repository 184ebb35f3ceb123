import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { FileKind } from '../../../shared/host-contract.ts';
import { useServices, useWords } from '../../services.ts';
import { MainAction, QuietAction, SideAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useListedFolder } from './use-listed-folder.ts';

export type PickRequest =
  | { readonly as: 'folder' | 'file'; readonly note: string | undefined }
  | { readonly as: 'new-file'; readonly kind: FileKind; readonly suggestedName: string };

/** The dialog for hosts that have none of the system's: folders one level at a time, within what the host allows. */
export function ListedPicker({
  request,
  onAnswer,
}: {
  readonly request: PickRequest;
  readonly onAnswer: (path: string | null) => void;
}) {
  const words = useWords();
  const { client } = useServices();
  const { listing, busy, problem, show, current, take } = useListedFolder();
  const place = useRef<HTMLParagraphElement>(null);
  const [newFolder, setNewFolder] = useState('');
  const [fileName, setFileName] = useState(request.as === 'new-file' ? request.suggestedName : '');

  const open = useCallback(
    (path: string | null) => show(() => client.host('host.listFolder', { path })),
    [client, show],
  );
  useEffect(() => open(null), [open]);
  useLayoutEffect(() => {
    // The folder that was pressed is gone with its list, and the focus with it.
    if (listing !== null && document.activeElement === document.body) place.current?.focus();
  }, [listing]);

  function choose(event: FormEvent): void {
    event.preventDefault();
    take(async () => {
      const folder = (await current())?.path ?? null;
      if (folder === null) return;
      // The host joins the name to the folder it listed; both kinds of slash mean the same to it.
      const path = request.as === 'folder' ? folder : `${folder}/${fileName.trim()}`;
      onAnswer((await client.host('host.grant', { path, as: request.as })).path);
    });
  }

  function chooseFile(path: string): void {
    take(async () => onAnswer((await client.host('host.grant', { path, as: 'file' })).path));
  }

  function create(): void {
    const name = newFolder.trim();
    if (name === '') return;
    const within = current();
    show(async () => {
      const parent = (await within)?.path ?? null;
      if (parent === null) return client.host('host.listFolder', { path: null });
      const { path } = await client.host('host.createFolder', { parent, name });
      setNewFolder('');
      return client.host('host.listFolder', { path });
    });
  }

  const { as } = request;
  const shown = listing?.entries.filter(entry => entry.kind === 'folder' || as === 'file') ?? [];
  const titles = { folder: words.picker.titleFolder, file: words.picker.titleOpen, 'new-file': words.picker.titleFile };
  const inside = listing !== null && listing.path !== null;
  return (
    <Dialog wide title={titles[as]} onClose={() => onAnswer(null)}>
      <form onSubmit={choose} noValidate>
        {request.as === 'new-file' || request.note === undefined ? null : <p>{request.note}</p>}
        <p className="t-path" role="status" tabIndex={-1} ref={place}>
          {listing?.path === null || listing === null ? words.picker.places : words.picker.current(listing.path)}
        </p>
        {inside ? (
          <p>
            <QuietAction onClick={() => open(listing.parent)}>{words.picker.up}</QuietAction>
          </p>
        ) : null}
        <ul className="t-places">
          {shown.map(({ path, name, kind }) => (
            <li key={path}>
              <button type="button" onClick={() => (kind === 'folder' ? open(path) : chooseFile(path))}>
                <Icon name={kind === 'folder' ? 'it-folder' : 'it-file'} />
                {name}
              </button>
            </li>
          ))}
        </ul>
        {listing !== null && shown.length === 0 ? (
          <p>{as === 'file' ? words.picker.emptyOpen : words.picker.empty}</p>
        ) : null}
        {listing?.truncated === true ? <p>{words.picker.truncated}</p> : null}
        {problem === null ? null : <ProblemNotice problem={problem} takesFocus />}
        {inside && as !== 'file' ? (
          <>
            {request.as === 'folder' ? (
              <div className="t-inline-form">
                <Field id="new-folder" label={words.picker.newFolder} value={newFolder} onChange={setNewFolder} />
                <SideAction onClick={create}>{words.picker.create}</SideAction>
              </div>
            ) : (
              <Field id="file-name" label={words.picker.fileName} value={fileName} onChange={setFileName} />
            )}
            <MainAction busy={busy}>{request.as === 'folder' ? words.picker.use : words.picker.saveHere}</MainAction>
          </>
        ) : null}
      </form>
    </Dialog>
  );
}
