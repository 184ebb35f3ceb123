import type { WebAccountAddress } from '../../../../shared/account-address.ts';
import type { Language } from '../../../../shared/words/language.ts';

/**
 * The letter to those who run a Zimbra or Carbonio whose domain lets people in by its identity provider's page (SAML)
 * and nowhere else: a program that carries mail for days cannot renew such a session, and not every host can show the
 * page. Markdown that reads well as a plain mail, too.
 */
export function browserOnlyLetter({ user, host }: WebAccountAddress, language: Language): string {
  const domain = user.slice(user.lastIndexOf('@') + 1);
  return letters[language](user, host, domain);
}

const letters: Readonly<Record<Language, (user: string, host: string, domain: string) => string>> = {
  it: (user, host, domain) => `# Richiesta: permettere a Travaso di entrare in ${host}

Buongiorno,

devo portare la mia posta (${user}) con il programma Travaso, che gira sul mio computer ed entra come me. Il dominio
${domain} su ${host} permette solo l’accesso dal browser (SAML). Il programma installato può aprire quella pagina in una
finestra sua, ma il caricamento dura ore: quando la sessione finisce si ferma, e devo essere lì ad accedere di nuovo.

Vi chiedo **una** di queste strade, per la durata del trasferimento:

1. **Accesso con password e codice**: attivare il metodo «password» accanto a SAML, per me o per il dominio. Si controlla
   su \`https://${host}/zx/auth/supported?domain=${domain}\`: tra gli \`authMethods\` deve comparire \`password\`.
2. **Una credenziale per i programmi**: lasciare che io crei una password per applicazioni, oppure crearmene una.

La seconda prova può restare attiva: Travaso chiede il codice come fa il sito. Quando ho finito potete togliere tutto.

Grazie.
`,
  en: (user, host, domain) => `# Request: let Travaso in to ${host}

Hello,

I have to carry my mail (${user}) with the program Travaso, which runs on my computer and signs in as me. The domain
${domain} on ${host} allows signing in from the browser only (SAML). The installed program can open that page in a window
of its own, but the upload takes hours: when the session ends it stops, and I have to be there to sign in again.

Please allow **one** of these ways while the transfer lasts:

1. **Signing in with password and code**: turn on the “password” method beside SAML, for me or for the domain. It can be
   checked at \`https://${host}/zx/auth/supported?domain=${domain}\`: \`password\` must be among the \`authMethods\`.
2. **A credential for programs**: let me create an application password, or create one for me.

The second factor can stay on: Travaso asks for the code as the website does. When I am done you can take it all away.

Thank you.
`,
};
