import { Tooltip } from '@mantine/core';
import { useSay } from '@/lib/say';
import { Avatar } from '@/ui/Avatar';
import classes from './DraftReaders.module.css';
import { type Reader, useDraftReaders } from './useDraftReaders';

const shown = 3;
const nameOf = ({ name, email }: Reader) => name || email;

/** Who else has this draft open now: before two change the same. */
export function DraftReaders({ journey, me }: { journey: string; me: string }) {
  const { t, language } = useSay();
  const readers = useDraftReaders(journey, me);
  if (readers.length === 0) return null;
  const names = new Intl.ListFormat(language).format(readers.map(nameOf));
  const says = t('map.readers', { count: readers.length, names });
  const first = readers.slice(0, readers.length > shown ? shown - 1 : shown);
  return (
    <Tooltip label={says} multiline maw={320}>
      <ul className={classes.readers} aria-label={says}>
        {first.map((reader) => (
          <li key={reader.email}>
            <Avatar name={nameOf(reader)} size={24} />
          </li>
        ))}
        {readers.length > first.length && (
          <li>
            <span className={classes.more} aria-hidden>
              +{readers.length - first.length}
            </span>
          </li>
        )}
      </ul>
    </Tooltip>
  );
}
