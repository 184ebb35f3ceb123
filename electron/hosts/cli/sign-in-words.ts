import type { Language } from '../../../shared/words/language.ts';

interface SignInWords {
  readonly browser: string;
  readonly deviceCode: (code: string) => string;
  readonly askCode: string;
  readonly attemptsLeft: (attempts: number) => string;
  readonly done: (identity: string) => string;
}

/** What the command line says while a person signs in. */
export const signInWords: Readonly<Record<Language, SignInWords>> = {
  it: {
    browser: 'Si apre il browser: accedi lì. Se non si apre, vai a questo indirizzo (Ctrl-C per annullare):',
    deviceCode: code => `Apri questo indirizzo in un browser e scrivi il codice ${code} (Ctrl-C per annullare):`,
    askCode: 'Codice dell’app di autenticazione: ',
    attemptsLeft: attempts => `Tentativi rimasti: ${attempts}`,
    done: identity => `Accesso riuscito: ${identity}`,
  },
  en: {
    browser: 'The browser opens: sign in there. If it does not, go to this address (Ctrl-C to cancel):',
    deviceCode: code => `Open this address in a browser and type the code ${code} (Ctrl-C to cancel):`,
    askCode: 'Code of the authenticator app: ',
    attemptsLeft: attempts => `Attempts left: ${attempts}`,
    done: identity => `Signed in: ${identity}`,
  },
};
