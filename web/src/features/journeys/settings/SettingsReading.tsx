import { Title } from '@mantine/core';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Journey } from '../definition/journey';
import { RateDial } from '../live/RateDial';
import { useJourneyTelling } from '../points/catalogue';
import { ReadList } from '../points/ReadList';
import { type ReadField, readingOf } from '../points/reading';
import classes from './SettingsForm.module.css';

/** The settings that a journey runs by: to be read, without making a draft of it. */
export function SettingsReading({ journey, version, running }: { journey: Journey; version?: number; running?: boolean }) {
  const { t } = useSay();
  const { number } = useFormats();
  const telling = useJourneyTelling(journey);
  const { entryRate, whilePaused, exits, email, goal, timeZone, startsAt, endsAt, ...settings } = journey.settings ?? {};
  // As the form calls them, where it does.
  const read = (of: Record<string, unknown>) =>
    readingOf(of, telling, journey).map((field) => ({
      ...field,
      name: t(`map.settings.${field.path}`, { defaultValue: field.name }),
    }));
  const about = readingOf({ name: journey.name, description: journey.description }, telling, journey);
  const when = read({ timeZone, startsAt, endsAt });
  const rules = read(settings);
  const rate: ReadField[] = entryRate
    ? [
        {
          path: 'entryRate',
          name: t('map.settings.rate'),
          text: `${number(entryRate.most)}, ${t(`map.settings.ratePeriods.${entryRate.per}`)}`,
        },
      ]
    : [];
  if (whilePaused)
    rate.push({
      path: 'whilePaused',
      name: t('map.settings.whilePaused'),
      text: t(`map.settings.whilePausedChoices.${whilePaused}`),
    });
  const ends: ReadField[] = (exits ?? []).map((exit, at) => ({
    path: `exits/${at}`,
    name: exit.name,
    text: readingOf({ when: exit.when }, telling, journey)[0]?.text ?? '',
  }));
  const mail = readingOf({ ...email }, telling, journey);
  const who = t('map.settings.who');
  const sections: [string, ReadField[]][] = [
    [t('map.settings.about'), about],
    [t('map.settings.when'), when],
    [who, [...rules, ...rate]],
    [t('map.settings.ends'), [...read({ goal }), ...ends]],
    [t('map.settings.email'), mail],
  ];
  return (
    <div className={classes.scroll}>
      <div className={classes.form}>
        <p>{version ? t('map.reading.ofVersion', { version }) : t('map.reading.ofDraft')}</p>
        {sections
          .filter(([title, fields]) => fields.length > 0 || (title === who && running))
          .map(([title, fields]) => (
            <section key={title} className={classes.section}>
              <Title order={2}>{title}</Title>
              <ReadList fields={fields} />
              {title === who && running && <RateDial journey={journey.id} />}
            </section>
          ))}
      </div>
    </div>
  );
}
