import { Text } from '@mantine/core';
import { useSay } from '@/lib/say';
import classes from './Reading.module.css';
import type { ReadField } from './reading';

/** Fields with what they say; nothing can be changed here. */
export function ReadList({ fields }: { fields: readonly ReadField[] }) {
  const { t } = useSay();
  if (fields.length === 0)
    return (
      <Text size="sm" c="var(--p-ink-2)">
        {t('map.reading.nothing')}
      </Text>
    );
  return (
    <dl className={classes.list}>
      {fields.map(({ path, name, text }) => (
        <div key={path}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
