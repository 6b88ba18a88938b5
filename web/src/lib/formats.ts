const DAY = 86_400_000;

/** The language with the region whose dates and lists it writes. British: the product's English is that of its readers in Europe, who write no comma before the last "and". */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** Numbers, shares and times as a language writes them. Times are given in ISO 8601, and shown in the time zone asked for or else the reader's own. */
export function formats(language: string) {
  const locale = localeOf(language);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const precise = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const since = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return {
    number: (value: number) => whole.format(value),
    /** Under 1 % a digit more, so that something is never shown as nothing. */
    share: (part: number, of: number) => (of === 0 ? '–' : (part > 0 && part / of < 0.01 ? precise : percent).format(part / of)),
    date: (at: string | Date, timeZone?: string) =>
      new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(new Date(at)),
    dateTime: (at: string | Date, timeZone?: string) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
      }).format(new Date(at)),
    time: (at: string | Date, timeZone?: string) =>
      new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at)),
    /** "12 min ago", "yesterday", and from a week on the date. */
    ago: (at: string | Date, now: Date) => {
      const past = now.getTime() - new Date(at).getTime();
      if (past < 60_000) return since.format(0, 'minute');
      if (past < 3_600_000) return since.format(-Math.floor(past / 60_000), 'minute');
      if (past < DAY) return since.format(-Math.floor(past / 3_600_000), 'hour');
      if (past < 7 * DAY) return since.format(-Math.floor(past / DAY), 'day');
      return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
    },
  };
}

export type Formats = ReturnType<typeof formats>;
