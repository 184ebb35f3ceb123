import type { Refusal } from './gatekeeper.ts';

export interface Page {
  readonly status: number;
  readonly html: string;
}

/**
 * What the link leads to: a page that goes on to `/` by itself. No 303, because the link may be opened from another
 * site (webmail): the browser would follow the redirect without a SameSite=Strict cookie, whereas a step begun by
 * our own page carries it.
 */
export const welcomePage: Page = {
  status: 200,
  html: page('Travaso', '<a href="/">Travaso</a>', '<meta http-equiv="refresh" content="0;url=/">'),
};

/** Why somebody is not answered. Only a visitor without the right link ever reads this; it tells nothing else. */
export function refusalPage(status: number, reason: Refusal): Page {
  switch (reason) {
    case 'token':
    case 'session':
      return {
        status,
        html: page(
          'Travaso',
          '<h1>Questo collegamento non è più valido</h1>' +
            '<p>Vale una volta sola e per un solo browser. Chiudere Travaso e avviarlo di nuovo: si aprirà la pagina giusta.</p>' +
            '<p lang="en">This link is no longer valid. It works once and for one browser. Close Travaso and start it again.</p>',
        ),
      };
    default:
      return { status, html: page('Travaso', '<h1>403</h1>') };
  }
}

function page(title: string, body: string, head = ''): string {
  // An empty icon, or browsers ask for `/favicon.ico`, which is not there.
  const icon = '<link rel="icon" href="data:,">';
  return `<!doctype html><html lang="it"><head><meta charset="utf-8">${icon}<title>${title}</title>${head}</head><body>${body}</body></html>`;
}
