import { Text, Title } from '@mantine/core';
import { IconClock, IconGauge, IconMoon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { capsQuery, quietQuery } from '@/api/queries';
import { durationText } from '@/lib/durations';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import { useQuietInWords } from '@/ui/useQuietInWords';
import type { Journey } from '../definition/journey';
import { windowInWords } from '../points/WindowField';
import { type Hold, holdsOf } from './holds';
import classes from './PublishSheet.module.css';

const icons = { cap: IconGauge, quiet: IconMoon, window: IconClock };

/** Caps, quiet hours and hours that will hold messages of this journey back, and what becomes of them then. */
export function Holds({ journey, telling }: { journey: Journey; telling: Telling }) {
  const { t, language } = useSay();
  const { number } = useFormats();
  const inWords = useQuietInWords();
  const caps = useQuery(capsQuery).data;
  const quiets = useQuery(quietQuery).data;
  if (!caps || !quiets) return null;
  const holds = holdsOf(journey, caps, quiets);
  const said = (hold: Hold): [title: string, says: string] => {
    if (hold.of === 'window') return [t('map.publish.holds.window'), windowInWords(hold.window, telling) ?? ''];
    if (hold.of === 'quiet')
      return [t('map.publish.holds.quiet', { name: hold.quiet.id }), hold.quiet.value ? inWords(hold.quiet.value) : ''];
    const { id, value } = hold.cap;
    return [
      t('map.publish.holds.cap', { name: id }),
      value
        ? t('settings.caps.sentence', {
            count: value.most,
            most: number(value.most),
            within: durationText(language, value.within),
            topic: value.topic && value.topic !== '*' ? value.topic : t('settings.caps.allTopics'),
          })
        : '',
    ];
  };
  return (
    <section>
      <Title order={3} mb={8}>
        {t('map.publish.holds.title')}
      </Title>
      {holds.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('map.publish.holds.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {holds.map((hold) => {
          const Icon = icons[hold.of];
          const [title, says] = said(hold);
          const then = (['waits', 'skips'] as const).flatMap((what) =>
            hold[what] > 0 ? [t(`map.publish.holds.${what}`, { count: hold[what] })] : [],
          );
          return (
            <li key={hold.key}>
              <Icon size={17} stroke={1.7} aria-hidden />
              <span>
                {title}
                <small>{[says, ...then].filter(Boolean).join(' · ')}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
