import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InteractionResults, Provider, UnknownObject } from 'oidc-provider';

/** A person as the identity server knows them. */
export interface OidcUser {
  readonly password: string;
  /** The code their authenticator shows; a page asks for it after the password. */
  readonly code?: string;
}

/** How the identity server behaves towards everybody; may be changed while it runs. */
export interface OidcManners {
  users: Readonly<Record<string, OidcUser>>;
  /** The consent page says that only an administrator can approve, and its one button goes back. */
  approvalNeeded: boolean;
  /** Of the permissions beside mail: the organisation approved `all`, or not those for `tasks`, or `none`. */
  itemsApproved?: 'all' | 'without-tasks' | 'none';
}

/** As Microsoft writes it: a number, and under which identifier its log has the attempt. */
export const sampleCorrelation = '3f6b1a2c-9d4e-4c1b-8a77-0c5d1e2f3a4b';
export function said(number: number, text: string): string {
  return `AADSTS${number}: ${text} Trace ID: 00000000-0000-4000-8000-000000000000 Correlation ID: ${sampleCorrelation} Timestamp: 2026-11-23 05:00:00Z`;
}

/** What comes of a page: another one, or back to where the person came from. */
type Outcome = { readonly show: string } | { readonly finish: InteractionResults };

/** The pages of the identity server: name and password, second factor, consent. */
export function oidcPages(provider: Provider, manners: OidcManners) {
  /** Who gave the right password, while the code is still awaited. */
  const halfway = new Map<string, string>();

  const consent = async (form: URLSearchParams | null, accountId: string, params: UnknownObject): Promise<Outcome> => {
    if (form?.get('decision') !== 'accept') return { show: consentPage(manners.approvalNeeded) };
    const grant = new provider.Grant({ accountId, clientId: textOf(params['client_id']) });
    grant.addOIDCScope(textOf(params['scope']));
    return { finish: { consent: { grantId: await grant.save() } } };
  };

  const login = (form: URLSearchParams | null, uid: string, prompt: string, hint: string): Outcome => {
    const letIn = (accountId: string): Outcome => ({
      finish: { login: { accountId }, ...(prompt === 'login' ? {} : { [prompt]: {} }) },
    });
    if (form === null) return { show: loginPage(hint, false) };
    const code = form.get('code');
    const awaited = halfway.get(uid);
    if (code !== null && awaited !== undefined) {
      if (code !== manners.users[awaited]?.code) return { show: codePage(true) };
      halfway.delete(uid);
      return letIn(awaited);
    }
    const name = form.get('login') ?? '';
    const user = Object.hasOwn(manners.users, name) ? manners.users[name] : undefined;
    if (user === undefined || user.password !== form.get('password')) return { show: loginPage(name, true) };
    if (user.code === undefined) return letIn(name);
    halfway.set(uid, name);
    return { show: codePage(false) };
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { uid, prompt, params, session } = await provider.interactionDetails(request, response);
    const form = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : null;
    let outcome: Outcome;
    if (form?.get('decision') === 'cancel') outcome = { finish: refusal(manners.approvalNeeded) };
    else if (prompt.name === 'consent') outcome = await consent(form, session?.accountId ?? '', params);
    else outcome = login(form, uid, prompt.name, textOf(params['login_hint']));
    if ('finish' in outcome)
      await provider.interactionFinished(request, response, outcome.finish, { mergeWithLastSubmission: true });
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><html lang="it"><meta charset="utf-8"><title>Identity server</title>${outcome.show}`);
  };
}

function refusal(approvalNeeded: boolean): InteractionResults {
  return {
    error: 'access_denied',
    error_description: approvalNeeded
      ? said(90094, 'Admin consent is required.')
      : said(65004, 'User declined to consent to access the app.'),
  };
}

function textOf(parameter: unknown): string {
  return typeof parameter === 'string' ? parameter : '';
}

/** Where a code is typed that a program shows; the server's own pages load fonts from the network. */
export const deviceFlowPages = {
  userCodeInputSource: (ctx: { body: unknown }, form: string): void => {
    ctx.body = `${form}<button type="submit" form="op.deviceInputForm">Avanti</button>`;
  },
  userCodeConfirmSource: (ctx: { body: unknown }, form: string): void => {
    ctx.body = `${form}<button type="submit" form="op.deviceConfirmForm">Continua</button>`;
  },
  successSource: (ctx: { body: unknown }): void => {
    ctx.body = '<h1>Accesso dato al dispositivo</h1>';
  },
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request as AsyncIterable<Buffer>) text += piece.toString();
  return text;
}

function loginPage(hint: string, refused: boolean): string {
  return `<h1>Accedi</h1>${refused ? '<p role="alert">Nome o password non validi</p>' : ''}<form method="post">
<label>Indirizzo <input name="login" value="${hint.replaceAll('"', '&quot;')}"></label>
<label>Password <input name="password" type="password"></label>
<button name="decision" value="next">Avanti</button><button name="decision" value="cancel">Annulla</button></form>`;
}

function codePage(refused: boolean): string {
  return `<h1>Verifica la tua identità</h1>${refused ? '<p role="alert">Codice non valido</p>' : ''}<form method="post">
<label>Codice <input name="code" autocomplete="one-time-code"></label>
<button name="decision" value="next">Verifica</button></form>`;
}

function consentPage(approvalNeeded: boolean): string {
  return approvalNeeded
    ? `<h1>Serve l’approvazione dell’amministratore</h1><form method="post">
<button name="decision" value="cancel">Torna al programma</button></form>`
    : `<h1>Autorizzazioni richieste</h1><form method="post">
<button name="decision" value="accept">Accetta</button><button name="decision" value="cancel">Annulla</button></form>`;
}
