import type { Language } from '../../../../shared/words/language.ts';
import { microsoftAuthority, scopesOf } from './microsoft-settings.ts';

export interface ItLetterFacts {
  readonly language: Language;
  /** Whose mailbox it is about, `user@domain`. */
  readonly user: string;
  /** What is known already; the IT office fills in the rest. */
  readonly tenant: string | null;
  readonly clientId: string | null;
}

/**
 * The letter a person sends to their IT office when Microsoft 365 does not let the program in: what it needs, why,
 * and the exact steps and lines, as Markdown that reads well as a plain mail, too.
 */
export function itLetter(facts: ItLetterFacts): string {
  const tenant = facts.tenant ?? placeholders[facts.language].tenant;
  const clientId = facts.clientId ?? placeholders[facts.language].clientId;
  return letters[facts.language]({
    user: facts.user,
    // PowerShell takes nothing between these quotes for a command; a quote itself is doubled.
    quoted: `'${facts.user.replaceAll(/['‘’‚‛]/g, '$&$&')}'`,
    domain: facts.user.slice(facts.user.lastIndexOf('@') + 1),
    known: facts.tenant !== null && facts.clientId !== null ? { tenant, clientId } : null,
    consentLink: consentLink(tenant, clientId),
  });
}

/** Grants everything at once, for everybody in the tenant. */
function consentLink(tenant: string, clientId: string): string {
  const permissions = [...scopesOf.imap, ...scopesOf.graph, 'openid', 'profile', 'offline_access'];
  const query = [
    `client_id=${encodeURIComponent(clientId)}`,
    `redirect_uri=${encodeURIComponent('http://localhost')}`,
    `scope=${permissions.map(encodeURIComponent).join('%20')}`,
  ];
  return `${microsoftAuthority}/${encodeURIComponent(tenant)}/v2.0/adminconsent?${query.join('&')}`;
}

interface LetterParts {
  readonly user: string;
  /** The same as a PowerShell string. */
  readonly quoted: string;
  readonly domain: string;
  readonly known: { readonly tenant: string; readonly clientId: string } | null;
  readonly consentLink: string;
}

const placeholders = {
  it: { tenant: 'ID-DELLA-DIRECTORY', clientId: 'ID-DELL-APPLICAZIONE' },
  en: { tenant: 'DIRECTORY-ID', clientId: 'APPLICATION-ID' },
} as const;

const letters: Readonly<Record<Language, (parts: LetterParts) => string>> = {
  it: ({
    user,
    quoted,
    domain,
    known,
    consentLink: link,
  }) => `# Richiesta: autorizzare Travaso in Microsoft 365 (${domain})

Buongiorno,

devo portare la mia posta, i contatti e gli impegni nella nuova casella Microsoft 365 (${user}) con il programma
Travaso. Travaso copia i messaggi dal mio computer con IMAP, il resto con Microsoft Graph. Accedo io, nella pagina di Microsoft, con la mia password e la mia seconda prova:
il programma non le vede. Le autorizzazioni sono solo *delegate*: il programma vede soltanto la casella di chi accede.

Perché funzioni servono i passi qui sotto, una volta sola per tutto l’ente.

## 1. Registrare l’applicazione

${known === null ? 'Su https://entra.microsoft.com: **Registrazioni app → Nuova registrazione**.' : `È già registrata: applicazione (client) \`${known.clientId}\`, directory (tenant) \`${known.tenant}\`. Vi chiedo di controllare che sia così:`}

- Nome: Travaso. Tipi di account: **solo account in questa directory dell’organizzazione**.
- **Autenticazione → Applicazioni per dispositivi mobili e desktop** → URI di reindirizzamento \`http://localhost\`
  (non «Web», che dà l’errore AADSTS7000218). Nessun segreto, nessun certificato.
- *Consenti flussi client pubblici*: **Sì** solo se volete permettere anche l’accesso con codice (device code).

## 2. Autorizzazioni API (delegate)

- Office 365 Exchange Online, oppure Microsoft Graph: \`IMAP.AccessAsUser.All\`
- Microsoft Graph: \`openid\`, \`profile\`, \`offline_access\`, \`Contacts.ReadWrite\`, \`Calendars.ReadWrite\`,
  \`Tasks.ReadWrite\` (contatti, calendari, attività). Senza queste tre la posta passa lo stesso, e il resto va inserito a
  mano. Nessuno riceve inviti: gli eventi si creano senza partecipanti.

Le autorizzazioni *applicazione* non servono.

## 3. Consenso dell’amministratore

**Concedi consenso amministratore**, oppure aprire questo collegamento come amministratore (alla fine il browser va su
http://localhost, che non risponde: è normale):

${link}

Serve perché i criteri predefiniti di Microsoft non lasciano dare agli utenti il consenso a queste autorizzazioni.

## 4. Chi può usarla

- Se *Assegnazione obbligatoria = Sì*: assegnare gli utenti (altrimenti AADSTS50105).
- Accesso condizionale: che nessun criterio blocchi l’app (53003) o pretenda un dispositivo gestito (53000, 53001).

## 5. IMAP sulla casella (PowerShell di Exchange Online)

\`\`\`
Set-CASMailbox ${quoted} -ImapEnabled $true
Set-Mailbox ${quoted} -MaxReceiveSize 150MB -MaxSendSize 150MB
\`\`\`

La seconda riga serve solo per messaggi più grandi di circa 35 MB.

## 6. Che cosa mi serve da voi

${known === null ? '**ID directory (tenant)** e **ID applicazione (client)**. Non sono segreti: vanno nel profilo dell’organizzazione di Travaso.' : 'Una conferma quando è fatto: poi accedo di nuovo.'}

Grazie.
`,
  en: ({ user, quoted, domain, known, consentLink: link }) => `# Request: let Travaso into Microsoft 365 (${domain})

Hello,

I have to carry my mail, contacts and appointments to the new Microsoft 365 mailbox (${user}) with a program called
Travaso. Travaso copies the messages from my computer by IMAP, the rest by Microsoft Graph. I sign in myself, on Microsoft’s page, with my password and my second factor: the
program does not see them. All permissions are *delegated*: it reaches the mailbox of who signs in, and no other.

For this to work the steps below are needed, once for the whole organisation.

## 1. Register the application

${known === null ? 'At https://entra.microsoft.com: **App registrations → New registration**.' : `It is registered already: application (client) \`${known.clientId}\`, directory (tenant) \`${known.tenant}\`. Please check that it is set up like this:`}

- Name: Travaso. Account types: **Accounts in this organizational directory only**.
- **Authentication → Mobile and desktop applications** → redirect URI \`http://localhost\`
  (not “Web”, which leads to error AADSTS7000218). No secret, no certificate.
- *Allow public client flows*: **Yes** only if you want to allow signing in with a code (device code), too.

## 2. API permissions (delegated)

- Office 365 Exchange Online, or Microsoft Graph: \`IMAP.AccessAsUser.All\`
- Microsoft Graph: \`openid\`, \`profile\`, \`offline_access\`, \`Contacts.ReadWrite\`, \`Calendars.ReadWrite\`,
  \`Tasks.ReadWrite\` (contacts, calendars, tasks). Without these three the mail goes over all the same, and the rest has to
  be entered by hand. Nobody is sent an invitation: events are created without attendees.

*Application* permissions are not needed.

## 3. Admin consent

**Grant admin consent**, or open this link as an administrator (in the end the browser goes to http://localhost, which
does not answer: that is normal):

${link}

It is needed because Microsoft’s default policy does not let users consent to these permissions.

## 4. Who may use it

- If *Assignment required = Yes*: assign the users (AADSTS50105 otherwise).
- Conditional Access: no policy may block the app (53003) or demand a managed device (53000, 53001).

## 5. IMAP on the mailbox (Exchange Online PowerShell)

\`\`\`
Set-CASMailbox ${quoted} -ImapEnabled $true
Set-Mailbox ${quoted} -MaxReceiveSize 150MB -MaxSendSize 150MB
\`\`\`

The second line is needed only for messages larger than about 35 MB.

## 6. What I need from you

${known === null ? '**Directory (tenant) ID** and **application (client) ID**. Neither is secret: they belong in Travaso’s organisation profile.' : 'A word when it is done: then I sign in again.'}

Thank you.
`,
};
