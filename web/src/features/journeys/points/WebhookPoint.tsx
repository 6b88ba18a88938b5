import { Accordion, ActionIcon, Button, Group, Input, JsonInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconWebhook, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { DurationField } from '@/ui/pickers/DurationField';
import { SecretPicker } from '@/ui/pickers/SecretPicker';
import { withField } from '../definition/exits';
import type { PointOf, WebhookHeader } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import classes from './forms.module.css';
import type { PointFormProps, PointView } from './kind';
import { shownText } from './shownText';

type Webhook = PointOf<'webhook'>;
const methods = ['post', 'put', 'patch', 'get', 'delete'] as const;
const headersMax = 20;

/** Sends a signed request to an address on the web. */
export const webhookPoint: PointView<'webhook'> = {
  kind: 'webhook',
  group: 'integrations',
  shape: 'action',
  icon: IconWebhook,
  create: () => ({ kind: 'webhook', url: '' }),
  title: (point, { t }) =>
    point.url ? `${(point.method ?? 'post').toUpperCase()} ${placeOf(point.url)}` : t('points.webhook.nothing'),
  detail: (point, { t }) => (point.into ? t('points.webhook.keeps', { name: point.into }) : undefined),
  branch: (_, edge, { t }) => t(edge === 'failure' ? 'points.webhook.failed' : 'points.webhook.taken'),
  Form: WebhookForm,
};

/** Host and path, which tell one receiver from another. */
function placeOf(url: string): string {
  return shownText(url.replace(/^https?:\/\//, '').replace(/[?#].*$/, ''));
}

function WebhookForm({ point, telling, onChange, errorAt }: PointFormProps<Webhook>) {
  const { t } = telling;
  const sendsBody = point.method !== 'get' && point.method !== 'delete';
  return (
    <Stack gap={14}>
      <Select
        label={t('points.webhook.method')}
        data={methods.map((value) => ({ value, label: value.toUpperCase() }))}
        value={point.method ?? 'post'}
        allowDeselect={false}
        onChange={(method) => {
          const next = withField(point, 'method', method === 'post' ? undefined : method);
          onChange(method === 'get' || method === 'delete' ? withField(next, 'body', undefined) : next);
        }}
      />
      <TextInput
        label={t('points.webhook.url')}
        description={t('points.webhook.urlHint', { example: 'https://crm.example.org/contacts/{{contact.user_id}}' })}
        value={point.url}
        error={errorAt('url')}
        onChange={(event) => onChange({ ...point, url: event.currentTarget.value })}
      />
      {sendsBody && <Body point={point} telling={telling} onChange={onChange} error={errorAt('body')} />}
      <Headers point={point} telling={telling} onChange={onChange} errorAt={errorAt} />
      <Switch
        label={t('points.webhook.keep')}
        description={t('points.webhook.keepHint')}
        checked={point.into !== undefined}
        onChange={(event) => onChange(withField(point, 'into', event.currentTarget.checked ? 'answer' : undefined))}
      />
      {point.into !== undefined && (
        <TextInput
          label={t('points.webhook.into')}
          description={t('points.webhook.intoHint', { status: `${point.into}.status`, body: `${point.into}.body` })}
          value={point.into}
          error={errorAt('into')}
          onChange={(event) => onChange({ ...point, into: event.currentTarget.value })}
        />
      )}
      <Switch
        label={t('points.webhook.branches')}
        description={t('points.webhook.branchesHint')}
        checked={point.onFailure !== undefined}
        disabled={point.onFailure === undefined && point.next === undefined}
        onChange={(event) => onChange(withField(point, 'onFailure', event.currentTarget.checked ? point.next : undefined))}
      />
      <More point={point} telling={telling} onChange={onChange} errorAt={errorAt} />
    </Stack>
  );
}

type PartProps = Pick<PointFormProps<Webhook>, 'point' | 'telling' | 'onChange' | 'errorAt'>;

/** How long it is tried, and what signs it: settled well for most. */
function More({ point, telling, onChange, errorAt }: PartProps) {
  const { t } = telling;
  const [opened, setOpened] = useState(false);
  const wrong = errorAt('expiresAfter') !== undefined || errorAt('signWith') !== undefined;
  return (
    <Accordion
      variant="contained"
      chevronPosition="left"
      value={opened || wrong ? 'more' : null}
      onChange={(open) => setOpened(open !== null)}
    >
      <Accordion.Item value="more">
        <Accordion.Control>{t('points.sendEmail.more')}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap={14}>
            <DurationField
              label={t('points.webhook.expires')}
              hint={t('points.webhook.expiresHint')}
              value={point.expiresAfter ?? 'P3D'}
              error={errorAt('expiresAfter')}
              onChange={(iso) => onChange(withField(point, 'expiresAfter', iso))}
            />
            <SecretPicker
              label={t('points.webhook.signWith')}
              placeholder={t('points.webhook.ours')}
              none={t('points.webhook.noSecret')}
              value={point.signWith}
              error={errorAt('signWith')}
              onChange={(secret) => onChange(withField(point, 'signWith', secret))}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Body({
  point,
  telling,
  onChange,
  error,
}: Pick<PointFormProps<Webhook>, 'point' | 'telling' | 'onChange'> & { error?: string }) {
  const { t } = telling;
  // What is typed is no JSON for a while: it reaches the journey when it is some again.
  const [typed, setTyped] = useState<string>();
  const own = point.body !== undefined;
  return (
    <>
      <Switch
        label={t('points.webhook.own')}
        description={t('points.webhook.ownHint')}
        checked={own}
        onChange={(event) => {
          setTyped(undefined);
          onChange(withField(point, 'body', event.currentTarget.checked ? { email: '{{contact.email}}' } : undefined));
        }}
      />
      {own && (
        <JsonInput
          label={t('points.webhook.body')}
          description={t('points.fieldsHint', fieldExamples)}
          validationError={t('points.webhook.noJson')}
          error={error}
          autosize
          minRows={4}
          value={typed ?? JSON.stringify(point.body, null, 2)}
          onChange={(text) => {
            setTyped(text);
            const body = parsed(text);
            if (body !== undefined) onChange({ ...point, body });
          }}
        />
      )}
    </>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function Headers({ point, telling, onChange, errorAt }: PartProps) {
  const { t } = telling;
  const headers = point.headers ?? [];
  const set = (next: WebhookHeader[]) => onChange(withField(point, 'headers', next.length === 0 ? undefined : next));
  const change = (at: number, header: WebhookHeader) => set(headers.map((one, index) => (index === at ? header : one)));
  return (
    <Input.Wrapper label={t('points.webhook.headers')} error={errorAt('headers')} labelElement="div">
      <Stack gap={8} mt={4}>
        {headers.map((header, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed.
          <Group key={at} className={classes.boxed} gap={8} wrap="nowrap" align="flex-start">
            <Stack gap={8} flex={1} miw={0}>
              <TextInput
                aria-label={t('points.webhook.headerName')}
                placeholder={t('points.webhook.headerName')}
                value={header.name}
                error={errorAt(`headers/${at}/name`) ?? errorAt(`headers/${at}`)}
                onChange={(event) => change(at, { ...header, name: event.currentTarget.value })}
              />
              <TextInput
                aria-label={t('points.webhook.headerValue')}
                placeholder={t('points.webhook.headerValue')}
                value={header.value ?? ''}
                error={errorAt(`headers/${at}/value`)}
                onChange={(event) => change(at, withField(header, 'value', event.currentTarget.value || undefined))}
              />
              <SecretPicker
                ariaLabel={t('points.webhook.headerSecret')}
                placeholder={t('points.webhook.headerSecret')}
                none={t('points.webhook.noSecret')}
                value={header.secret}
                error={errorAt(`headers/${at}/secret`)}
                onChange={(secret) => change(at, withField(header, 'secret', secret))}
              />
            </Stack>
            <ActionIcon
              size={24}
              aria-label={t('points.webhook.removeHeader', { name: header.name })}
              onClick={() => set(headers.filter((_, index) => index !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          disabled={headers.length >= headersMax || headers.some(({ name }) => name === '')}
          onClick={() => set([...headers, { name: '', value: '' }])}
        >
          {t('points.webhook.addHeader')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
