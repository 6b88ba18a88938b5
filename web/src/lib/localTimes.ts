/** An instant as a clock in that time zone shows it, as fields for date and time want it. */
export function localOf(instant: string | undefined, zone: string | undefined): string {
  if (!instant) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone ?? 'UTC', dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
  return parts.replace(' ', 'T');
}

/** The instant at which a clock in that time zone shows it; in a gap or a repeated hour the earlier reading. */
export function instantOf(local: string, zone: string | undefined): string {
  const wanted = Date.parse(`${local}:00Z`);
  let guess = wanted;
  // Two steps settle any offset, also across a change of the clock.
  for (let step = 0; step < 2; step++) guess += wanted - Date.parse(`${localOf(new Date(guess).toISOString(), zone)}:00Z`);
  return new Date(guess).toISOString().replace('.000Z', 'Z');
}
