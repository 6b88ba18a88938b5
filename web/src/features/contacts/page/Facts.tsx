import { Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listsQuery, propertiesQuery, topicsQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { Tag } from '@/ui/Tag';
import { TagList } from '@/ui/TagList';
import { useValueText } from '@/ui/useValueText';
import classes from './Facts.module.css';
import type { Contact } from './useContact';

/** What is known of a contact: properties, identities, consent, lists, segments. */
export function Facts({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const valueText = useValueText();
  const titles = new Map(useQuery(propertiesQuery).data?.map(({ id, value }) => [id, value?.title ?? id]));
  const topics = new Map(useQuery(topicsQuery).data?.map(({ id, value }) => [id, value?.title ?? id]));
  const lists = new Map(useQuery(listsQuery).data?.map(({ id, value }) => [id, value?.title ?? id]));
  // Address and number are told once, as what they are.
  const told = new Set(contact.identities.map(({ value }) => value));
  const properties = Object.entries(contact.properties ?? {}).filter(
    ([key, value]) => !((key === 'email' || key === 'phone') && told.has(String(value))),
  );
  return (
    <div className={classes.facts}>
      <Part title={t('contacts.facts.properties')}>
        <dl className={classes.list}>
          {contact.identities.map(({ kind, value }) => (
            <Fact key={kind + value} name={t(`contacts.identity.${kind}`)}>
              {value}
            </Fact>
          ))}
          {properties.map(([key, value]) => (
            <Fact key={key} name={titles.get(key) ?? key}>
              {valueText(value)}
            </Fact>
          ))}
        </dl>
      </Part>
      <Part title={t('contacts.facts.consent')}>
        {contact.consents.length === 0 && <p className={classes.none}>{t('contacts.facts.noConsent')}</p>}
        <ul className={classes.consents}>
          {contact.consents.map(({ channel, topic, state, at }) => (
            <li key={`${channel}/${topic}`}>
              <span>
                {t('contacts.facts.consentTo', {
                  channel: t(`contacts.channel.${channel as 'email'}`, { defaultValue: channel }),
                  topic: topic === '*' ? t('contacts.facts.allTopics') : (topics.get(topic) ?? topic),
                })}
                <span className={classes.when}>
                  {t(`contacts.consent.${state}`)}
                  {at ? `, ${date(at)}` : ''}
                </span>
              </span>
              {state === 'given' && <IconCircleCheck size={17} stroke={1.6} color="var(--p-success)" aria-hidden />}
              {state === 'refused' && <IconCircleX size={17} stroke={1.6} color="var(--p-danger)" aria-hidden />}
            </li>
          ))}
          {contact.suppressed.map((channel) => (
            <li key={channel}>
              <span>
                {t(`contacts.channel.${channel as 'email'}`, { defaultValue: channel })}
                <span className={classes.when}>{t('contacts.facts.suppressed')}</span>
              </span>
              <IconCircleX size={17} stroke={1.6} color="var(--p-danger)" aria-hidden />
            </li>
          ))}
        </ul>
      </Part>
      {contact.lists.length > 0 && (
        <Part title={t('contacts.facts.lists')}>
          <TagList tags={contact.lists.map((list) => lists.get(list) ?? list)} />
        </Part>
      )}
      {contact.segments.length > 0 && (
        <Part title={t('contacts.facts.segments')}>
          <div className={classes.tags}>
            {contact.segments.map((segment) => (
              <Link key={segment} to={`/segments/${encodeURIComponent(segment)}`} className={classes.link}>
                <Tag>{segment}</Tag>
              </Link>
            ))}
          </div>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Title order={2} className={classes.title}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
