import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import { usePointName } from '../usePointName';
import classes from './Why.module.css';

/** Messages of the journey that did not go out, each with its reason. */
export function WhyNotSent({ view }: { view: Schemas['WhyView'] }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const pointName = usePointName();
  if (view.notSent.length === 0) return <Text>{t('contacts.whyPane.allSent')}</Text>;
  return (
    <ul className={classes.steps}>
      {view.notSent.map((message) => (
        <li key={message.key}>
          <span className={classes.head}>
            <b>{message.channel === 'email' ? message.content : pointName(view.journey, message.point)}</b>
            <time dateTime={message.at}>{dateTime(message.at)}</time>
          </span>
          <Text size="sm" c="var(--p-ink-2)" component="div">
            <Chip tone={message.status === 'failed' ? 'danger' : 'outline'}>{t(`contacts.message.${message.status}`)}</Chip>{' '}
            {message.why && t(`contacts.why.${message.why}` as 'contacts.why.goal', { defaultValue: message.why })}
          </Text>
        </li>
      ))}
    </ul>
  );
}
