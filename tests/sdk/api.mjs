// What an administrator sees over /api/v1.

/** @param server what `startServer` gave */
export function administrator({ url, adminKey }) {
  const get = async (path) => {
    const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${adminKey}` } });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const send = async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };

  return {
    put: async (path, body) => send('PUT', path, body),
    post: async (path, body) => send('POST', path, body),
    /** Messages by how they stand, of one page. */
    messages: async (status) => (await get(`/messages?status=${status}&limit=500`)).items,
    /** All contacts that an identity names: one or none. `kind` is userId, email, anonymousId or phone. */
    contacts: async (kind, value) => (await get(`/contacts?${kind}=${encodeURIComponent(value)}`)).items,
    /** One contact with its properties and identities. */
    contact: async (id) => get(`/contacts/${id}`),
    /** Its events, oldest first; of its timeline the lines that an event began. */
    events: async (id) => {
      const { items } = await get(`/contacts/${id}/events?limit=500`);
      return items
        .filter(({ event }) => event)
        .map(({ event, occurredAt, properties }) => ({ name: event, occurredAt, properties }))
        .sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
    },
  };
}
