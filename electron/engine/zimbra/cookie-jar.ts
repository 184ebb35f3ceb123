import { parseCookie } from 'undici';

/**
 * The cookies of one server. Which of them carries the session between the steps of a sign-in is known for none of the
 * editions, so every one that was set is sent back, as a browser does.
 */
export class CookieJar {
  readonly #values = new Map<string, string>();

  /** @param header the `set-cookie` header or headers of a response */
  take(header: string | string[] | undefined, now: Date): void {
    for (const line of typeof header === 'string' ? [header] : (header ?? [])) {
      const cookie = parseCookie(line);
      if (cookie === null || cookie.name === '') continue;
      const expires = cookie.expires === undefined ? null : new Date(cookie.expires);
      const isOver = (cookie.maxAge ?? 1) <= 0 || (expires !== null && expires <= now);
      if (isOver || cookie.value === '') this.#values.delete(cookie.name);
      else this.#values.set(cookie.name, cookie.value);
    }
  }

  header(): Readonly<Record<string, string>> {
    if (this.#values.size === 0) return {};
    return { cookie: [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  names(): readonly string[] {
    return [...this.#values.keys()].sort();
  }

  clear(): void {
    this.#values.clear();
  }
}
