import { createRoot } from 'react-dom/client';
import type { Client } from '../../shared/wire.ts';
import { MessagePane } from '../features/message/message-pane.tsx';
import type { MessageAt } from '../features/message/message-pane.tsx';
import { PickerProvider } from '../features/picker/picker-provider.tsx';
import { ServicesContext } from '../services.ts';
import { createJobStore } from '../state/job-store.ts';
import type { Remembered } from '../state/remembered.ts';
import { createStore } from '../state/store.ts';
import { Frame } from '../ui/frame.tsx';
import { Screen } from '../ui/screen.tsx';

/** One message as the archive's screen shows it, without the archive around it. */
export async function openPane(client: Client, at: HTMLElement, state: Remembered, message: MessageAt): Promise<void> {
  const host = await client.host('host.info', {});
  const services = {
    client,
    host,
    store: createStore(client, state),
    jobs: createJobStore(client),
    session: { source: null, target: null, surveyId: null },
    takeDropped: null,
  };
  document.documentElement.lang = state.settings.language;
  document.documentElement.dataset['textSize'] = state.settings.textSize;
  createRoot(at).render(
    <ServicesContext.Provider value={services}>
      <PickerProvider>
        <Frame>
          <Screen title="Archivio" wide>
            <MessagePane {...message} onOpen={() => undefined} />
          </Screen>
        </Frame>
      </PickerProvider>
    </ServicesContext.Provider>,
  );
}
