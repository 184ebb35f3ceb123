import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useServices } from '../../services.ts';
import { ListedPicker } from './listed-picker.tsx';
import type { PickRequest } from './listed-picker.tsx';
import { PickerContext } from './picker-context.ts';
import type { Picker } from './picker-context.ts';

interface Pending {
  readonly request: PickRequest;
  readonly answer: (path: string | null) => void;
}

export function PickerProvider({ children }: { readonly children: ReactNode }) {
  const { client, host } = useServices();
  const [pending, setPending] = useState<Pending | null>(null);

  const picker = useMemo<Picker>(() => {
    if (host.picker === 'native') {
      return {
        folder: async () => (await client.host('host.pickFolder', { startAt: null })).path,
        file: async () => (await client.host('host.pickFile', { kind: 'any', startAt: null })).path,
        newFile: async (kind, suggestedName) => (await client.host('host.saveFile', { kind, suggestedName })).path,
      };
    }
    const draw = (request: PickRequest) =>
      new Promise<string | null>(resolve => {
        setPending({
          request,
          answer: path => {
            // Gone before the answer is acted upon: nothing outside of an open dialog can take the focus.
            flushSync(() => setPending(null));
            resolve(path);
          },
        });
      });
    return {
      folder: note => draw({ as: 'folder', note }),
      file: note => draw({ as: 'file', note }),
      newFile: (kind, suggestedName) => draw({ as: 'new-file', kind, suggestedName }),
    };
  }, [client, host.picker]);

  return (
    <PickerContext.Provider value={picker}>
      {children}
      {pending === null ? null : <ListedPicker request={pending.request} onAnswer={pending.answer} />}
    </PickerContext.Provider>
  );
}
