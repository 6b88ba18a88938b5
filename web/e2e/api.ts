import { type APIRequestContext, expect } from '@playwright/test';

/** What programs do while a person looks at the pages: send events, and move the test clock. */
export class Api {
  readonly #request: APIRequestContext;
  readonly #address: string;

  constructor(request: APIRequestContext, address: string) {
    this.#request = request;
    this.#address = address;
  }

  async get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  async put<T>(path: string, data: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.#call<T>('PUT', path, data, headers);
  }

  async post<T>(path: string, data: unknown = {}): Promise<T> {
    return this.#call<T>('POST', path, data);
  }

  async delete(path: string): Promise<void> {
    await this.#call('DELETE', path);
  }

  /** A contact does something, as a shop's server tells it. */
  async event(
    event: string,
    who: { email: string; firstName?: string },
    properties: Record<string, unknown> = {},
  ): Promise<void> {
    if (who.firstName) await this.post('/api/v1/contacts', { email: who.email, properties: { first_name: who.firstName } });
    await this.post('/api/v1/events', { event, email: who.email, properties });
  }

  /** Moves the test clock on; when this returns, everything that fell due has happened. */
  async pass(hours: number): Promise<void> {
    const { now } = await this.get<{ now: string }>('/api/v1/clock');
    await this.put('/api/v1/clock', { now: new Date(Date.parse(now) + hours * 3_600_000).toISOString() });
  }

  async #call<T>(method: string, path: string, data?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await this.#request.fetch(this.#address + path, {
      method,
      headers: { Origin: this.#address, ...headers },
      ...(data !== undefined && { data }),
    });
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return (await answer.json().catch(() => undefined)) as T;
  }
}
