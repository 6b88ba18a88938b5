/** Durations as the definitions write them: ISO 8601 in weeks, days, hours, minutes and seconds; a day is always 24 h. */
export type DurationUnit = 'week' | 'day' | 'hour' | 'minute' | 'second';

export const unitSeconds: Record<DurationUnit, number> = { week: 604_800, day: 86_400, hour: 3_600, minute: 60, second: 1 };

const units: DurationUnit[] = ['week', 'day', 'hour', 'minute', 'second'];
const form = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** In seconds; undefined where the text is no duration. */
export function secondsOf(iso: string | undefined): number | undefined {
  const found = iso === undefined || iso === 'P' ? null : form.exec(iso);
  if (!found) return undefined;
  return units.reduce((sum, unit, at) => sum + Number(found[at + 1] ?? 0) * unitSeconds[unit], 0);
}

/** The number and the largest unit that say it without a rest; weeks only when they were written. */
export function amountOf(iso: string | undefined): { amount: number; unit: DurationUnit } | undefined {
  const seconds = secondsOf(iso);
  if (seconds === undefined) return undefined;
  const unit = (iso?.includes('W') ? units : units.slice(1)).find((one) => seconds % unitSeconds[one] === 0) ?? 'second';
  return { amount: seconds / unitSeconds[unit], unit };
}

export function isoOf(amount: number, unit: DurationUnit): string {
  const letter = { week: 'W', day: 'D', hour: 'H', minute: 'M', second: 'S' }[unit];
  return unit === 'week' || unit === 'day' ? `P${amount}${letter}` : `PT${amount}${letter}`;
}

/** "7 days", "2 days 12 hours", as the language says it. */
export function durationText(language: string, iso: string | undefined): string {
  const single = amountOf(iso);
  if (!single) return iso ?? '';
  const say = (amount: number, unit: DurationUnit) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
  if (single.unit === 'week' || single.amount < 48) return say(single.amount, single.unit);
  let rest = secondsOf(iso) ?? 0;
  const parts: string[] = [];
  for (const unit of units.slice(1)) {
    const amount = Math.floor(rest / unitSeconds[unit]);
    rest -= amount * unitSeconds[unit];
    if (amount > 0) parts.push(say(amount, unit));
  }
  return new Intl.ListFormat(language, { type: 'unit' }).format(parts);
}

/** About how long: the two largest units, as short as the language has them. "1d 7h". */
export function spanText(language: string, seconds: number): string {
  let rest = Math.max(0, Math.round(seconds / 60)) * 60;
  const parts: string[] = [];
  for (const unit of units.slice(1, 4)) {
    const amount = Math.floor(rest / unitSeconds[unit]);
    rest -= amount * unitSeconds[unit];
    if (amount > 0 || parts.length > 0 || unit === 'minute')
      parts.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }).format(amount));
  }
  return parts.slice(0, 2).join('\u00a0');
}

/** About how long still: seconds under a minute and a half, then minutes, then as spans are said. */
export function leftText(language: string, seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90
    ? new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(whole)
    : spanText(language, whole);
}
