// What an administrator sees over /api/v1.

/** @param server what `startServer` gave */
export function administrator({ url, adminKey }) {
  const get = async (path) => {
    const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${adminKey}` } });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };

  return {
    /** All contacts that an identity names: one or none. `kind` is userId, email, anonymousId or phone. */
    contacts: async (kind, value) => (await get(`/contacts?${kind}=${encodeURIComponent(value)}`)).items,
    /** One contact with its properties and identities. */
    contact: async (id) => get(`/contacts/${id}`),
    /** Its events, oldest first. */
    events: async (id) => {
      const { items } = await get(`/contacts/${id}/events?limit=100`);
      return items.sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
    },
  };
}
