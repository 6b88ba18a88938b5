/** The icons of declared actions as they were read last: a card on the map asks for its icon, and cannot wait. */
let icons: ReadonlyMap<string, string | null | undefined> = new Map();

export function rememberActions(actions: readonly { id: string; value: { icon?: string | null } | null }[]): void {
  icons = new Map(actions.map(({ id, value }) => [id, value?.icon]));
}

export const iconNameOf = (action: string): string | null | undefined => icons.get(action);
