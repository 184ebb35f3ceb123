import { languages } from '../../../shared/words/language.ts';
import { useRemembered, useServices, useWords } from '../../services.ts';
import { textSizes } from '../../state/settings.ts';
import type { Settings as SettingsState } from '../../state/settings.ts';
import { Choice } from '../../ui/choice.tsx';
import { OrganisationSection } from '../organisation/organisation-section.tsx';
import { Screen } from '../../ui/screen.tsx';

export function Settings() {
  const words = useWords();
  const { client, store } = useServices();
  const { settings } = useRemembered();
  const set = (part: Partial<SettingsState>) => store.set(all => ({ ...all, settings: { ...all.settings, ...part } }));
  return (
    <Screen title={words.settings.title} lead={words.settings.saved}>
      <Choice
        legend={words.settings.language}
        name="language"
        value={settings.language}
        onChange={language => {
          set({ language });
          // The host's own words (menus, notifications) follow; if it cannot, the screens have changed all the same.
          client.host('host.setLanguage', { language }).catch(() => undefined);
        }}
        options={languages.map(value => ({ value, label: words.settings.languages[value] }))}
      />
      <Choice
        legend={words.settings.textSize}
        name="text-size"
        value={settings.textSize}
        onChange={textSize => set({ textSize })}
        options={textSizes.map(value => ({ value, label: words.settings.textSizes[value] }))}
      />
      <p>{words.settings.theme}</p>
      <OrganisationSection />
    </Screen>
  );
}
