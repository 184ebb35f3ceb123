import { useCallback, useEffect, useMemo, useState } from 'react';
import { NavigationContext } from './navigation.ts';
import type { View } from './navigation.ts';
import { ServicesContext, useRemembered, useWords } from './services.ts';
import type { Services } from './services.ts';
import { ArchiveScreen } from './features/archive/archive-screen.tsx';
import { Choose } from './features/choose/choose.tsx';
import { FileSource } from './features/file-source/file-source.tsx';
import { Help } from './features/help/help.tsx';
import { Home } from './features/home/home.tsx';
import { Backup } from './features/job/backup.tsx';
import { MapScreen } from './features/map/map.tsx';
import { PickerProvider } from './features/picker/picker-provider.tsx';
import { Report } from './features/report/report.tsx';
import { Settings } from './features/settings/settings.tsx';
import { SignInScreen } from './features/sign-in/sign-in-screen.tsx';
import { Upload } from './features/upload/upload.tsx';
import { Verify } from './features/verify/verify.tsx';
import { Welcome } from './features/welcome/welcome.tsx';
import type { Way, WizardStep } from './state/wizard.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Frame } from './ui/frame.tsx';

interface AppProps {
  readonly services: Services;
  readonly opening: View;
}

export function App({ services, opening }: AppProps) {
  const [view, setView] = useState(opening);
  const go = useCallback((next: View) => setView(next), []);
  const navigation = useMemo(() => ({ view, go }), [view, go]);
  return (
    <ServicesContext.Provider value={services}>
      <NavigationContext.Provider value={navigation}>
        <PickerProvider>
          <Shown view={view} />
        </PickerProvider>
      </NavigationContext.Provider>
    </ServicesContext.Provider>
  );
}

function Shown({ view }: { readonly view: View }) {
  const { settings, wizard } = useRemembered();
  useEffect(() => {
    document.documentElement.lang = settings.language;
    document.documentElement.dataset['textSize'] = settings.textSize;
  }, [settings]);
  const words = useWords();
  const step = wizard?.step ?? 'welcome';
  return (
    <Frame>
      <ErrorBoundary key={`${view} ${step}`} again={words.actions.retry}>
        {screenOf(view, step, wizard?.way ?? 'mailbox')}
      </ErrorBoundary>
    </Frame>
  );
}

function screenOf(view: View, step: WizardStep, way: Way) {
  switch (view) {
    case 'home':
      return <Home />;
    case 'archive':
      return <ArchiveScreen />;
    case 'help':
      return <Help />;
    case 'settings':
      return <Settings />;
    case 'wizard':
      return way === 'file' && (step === 'source' || step === 'choose') ? <FileSource /> : stepOf(step);
  }
}

function stepOf(step: WizardStep) {
  switch (step) {
    case 'welcome':
      return <Welcome />;
    case 'source':
      return <SignInScreen key="source" side="source" back="welcome" next="choose" />;
    case 'choose':
      return <Choose />;
    case 'backup':
      return <Backup />;
    case 'verify':
      return <Verify />;
    case 'target':
      return <SignInScreen key="target" side="target" back="verify" next="map" />;
    case 'map':
      return <MapScreen />;
    case 'upload':
      return <Upload />;
    case 'report':
      return <Report />;
  }
}
