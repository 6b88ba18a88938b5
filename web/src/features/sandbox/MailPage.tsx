import { Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { PageShape } from '@/ui/PageShape';
import classes from './MailPage.module.css';

/** One mail as its recipient would see it. */
export function MailPage() {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const { key = '' } = useParams();
  const mail = useQuery({
    queryKey: ['sandbox-mail', key],
    queryFn: ({ signal }) => take(api.GET('/api/v1/sandbox/{key}', { params: { path: { key } }, signal })),
  });
  if (mail.isError) return <Failure error={mail.error} onRetry={() => void mail.refetch()} />;
  if (!mail.data) return <PageShape />;
  const { subject, from, to, at, contact, text, headers, hidden } = mail.data;
  const lines =
    headers && typeof headers === 'object' ? Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`) : [];
  return (
    <Page title={subject} above={<Link to="/sandbox">{t('sandbox.title')}</Link>}>
      <Card flush>
        <dl className={classes.facts}>
          <dt>{t('sandbox.from')}</dt>
          <dd>{from}</dd>
          <dt>{t('sandbox.to')}</dt>
          <dd>
            <Link to={`/contacts/${contact}`}>{to}</Link>
          </dd>
          <dt>{t('sandbox.at')}</dt>
          <dd>{dateTime(at)}</dd>
        </dl>
        {hidden ? (
          <Text p="lg">{t('sandbox.hidden')}</Text>
        ) : (
          <Tabs defaultValue="mail" keepMounted={false}>
            <Tabs.List className={classes.tabs}>
              <Tabs.Tab value="mail">{t('sandbox.asMail')}</Tabs.Tab>
              <Tabs.Tab value="text">{t('sandbox.asText')}</Tabs.Tab>
              <Tabs.Tab value="headers">{t('sandbox.headers')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="mail">
              <iframe
                className={classes.frame}
                src={`/api/v1/sandbox/${encodeURIComponent(key)}/html`}
                title={t('sandbox.asMail')}
                sandbox="allow-popups allow-popups-to-escape-sandbox"
              />
            </Tabs.Panel>
            <Tabs.Panel value="text">
              <pre className={classes.text}>{text}</pre>
            </Tabs.Panel>
            <Tabs.Panel value="headers">
              <pre className={classes.text}>{lines.join('\n')}</pre>
            </Tabs.Panel>
          </Tabs>
        )}
      </Card>
    </Page>
  );
}
