import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';

/** What somebody types and presses on the identity server's pages. */
export interface Person {
  readonly address: string;
  readonly password: string;
  readonly code?: string;
  /** What they press on the consent page; default: accept. */
  readonly consent?: 'accept' | 'cancel';
}

export interface Visit {
  /** The headings of the pages, in order. */
  readonly headings: readonly string[];
  /** The form that went back to the program, as it was sent. */
  readonly returned: { readonly url: string; readonly body: string };
  readonly status: number;
}

const mostPages = 20;

/**
 * A person in a browser, without the browser: follows redirects with cookies, fills each form and sends it, until a
 * form goes to a plain `http:` address, which is the program waiting on loopback. Rejects when the pages lead nowhere.
 */
export async function signInAsPerson(start: string, person: Person, caFile: string): Promise<Visit> {
  const agent = new Agent({ connect: { ca: await readFile(caFile, 'utf8') } });
  const cookies = new Map<string, string>();
  const headings: string[] = [];
  let next = { url: start, body: null as string | null };
  try {
    for (let pages = 0; pages < mostPages; pages += 1) {
      const { url, body } = next;
      const answer = await request(url, {
        method: body === null ? 'GET' : 'POST',
        dispatcher: agent,
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(body === null ? {} : { body }),
      });
      const text = await answer.body.text();
      if (body !== null && url.startsWith('http:'))
        return { headings, returned: { url, body }, status: answer.statusCode };
      for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      const { location } = answer.headers;
      if (typeof location === 'string') {
        next = { url: new URL(location, url).href, body: null };
        continue;
      }
      headings.push(/<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '');
      next = fillForm(text, url, person);
    }
  } finally {
    await agent.destroy();
  }
  throw new Error(`The pages lead nowhere: ${headings.join(', ')}`);
}

function fillForm(html: string, url: string, person: Person): { url: string; body: string } {
  const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/.exec(html);
  if (form === null || html.includes('role="alert"')) throw new Error(`No way on at ${url}: ${html.slice(0, 500)}`);
  const [, head = '', inner = ''] = form;
  const answers: Readonly<Record<string, string | undefined>> = {
    login: person.address,
    password: person.password,
    code: person.code,
  };
  const fields = new URLSearchParams();
  const isReturn = html.includes('Submitting Callback');
  for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const own = isReturn ? undefined : answers[name];
    fields.set(name, own ?? attribute(tag, 'value'));
  }
  const buttons = [...inner.matchAll(/<button\b[^>]*name="decision"[^>]*>/g)].map(([tag]) => attribute(tag, 'value'));
  const wish = buttons.includes('accept') ? (person.consent ?? 'accept') : buttons[0];
  if (wish !== undefined) fields.set('decision', wish);
  const action = attribute(head, 'action');
  return { url: action === '' ? url : new URL(action, url).href, body: fields.toString() };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x2F;', '/')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
