import { NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconEyeOff, IconShoppingCartOff } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import { EventsPicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointFormProps, StartOf, StartView } from './kind';

/** As Segment's specification for shops names them; the server takes the same where none are named. */
export const usual = {
  cart: ['Product Added', 'Cart Viewed', 'Cart Updated', 'Checkout Started'],
  ordered: ['Order Completed'],
  looks: ['Product Viewed'],
  bought: ['Product Added', 'Checkout Started', 'Order Completed'],
  by: 'product_id',
  times: 3,
  within: 'P7D',
  after: 'PT4H',
} as const;
const timesMost = 20;

type Abandoned = StartOf<'cartAbandoned'> | StartOf<'browseAbandoned'>;

/** Named events, or none where they are the usual ones. */
const named = (events: string[], ordinary: readonly string[]): string[] | undefined =>
  events.length === ordinary.length && ordinary.every((name) => events.includes(name)) ? undefined : events;

/** A basket or a checkout is left lying. */
export const cartAbandonedStart: StartView<'cartAbandoned'> = {
  kind: 'cartAbandoned',
  icon: IconShoppingCartOff,
  create: () => ({ kind: 'cartAbandoned' }),
  title: (start, { t, language }) =>
    t('points.start.abandonedAfter', {
      what: t('points.start.cart'),
      after: durationText(language, start.after ?? usual.after),
    }),
  Form: (props: PointFormProps<StartOf<'cartAbandoned'>>) => (
    <Stack gap={14}>
      <EventsPicker
        label={props.telling.t('points.start.cartEvents')}
        value={props.point.events ?? [...usual.cart]}
        error={props.errorAt('events')}
        onChange={(events) => props.onChange(withField(props.point, 'events', named(events, usual.cart)))}
      />
      <Unless {...props} ordinary={usual.ordered} />
      <Text size="sm" c="var(--p-ink-2)">
        {props.telling.t('points.start.cartHint')}
      </Text>
    </Stack>
  ),
};

/** A product is looked at again and again, and neither put into a basket nor bought. */
export const browseAbandonedStart: StartView<'browseAbandoned'> = {
  kind: 'browseAbandoned',
  icon: IconEyeOff,
  create: () => ({ kind: 'browseAbandoned' }),
  title: (start, { t, language }) =>
    t('points.start.abandonedAfter', {
      what: t('points.start.browse', { count: start.times ?? usual.times }),
      after: durationText(language, start.after ?? usual.after),
    }),
  Form: BrowseForm,
};

function BrowseForm(props: PointFormProps<StartOf<'browseAbandoned'>>) {
  const { point, telling, onChange, errorAt } = props;
  const { t } = telling;
  return (
    <Stack gap={14}>
      <EventsPicker
        label={t('points.start.browseEvents')}
        value={point.events ?? [...usual.looks]}
        error={errorAt('events')}
        onChange={(events) => onChange(withField(point, 'events', named(events, usual.looks)))}
      />
      <NumberInput
        label={t('points.start.times')}
        min={1}
        max={timesMost}
        allowDecimal={false}
        value={point.times ?? usual.times}
        error={errorAt('times')}
        onChange={(times) =>
          onChange(withField(point, 'times', typeof times !== 'number' || times === usual.times ? undefined : times))
        }
      />
      <DurationField
        label={t('points.start.within')}
        value={point.within ?? usual.within}
        error={errorAt('within')}
        onChange={(iso) => onChange(withField(point, 'within', iso === usual.within ? undefined : iso))}
      />
      <Switch
        label={t('points.start.anyProduct')}
        checked={point.anyProduct === true}
        onChange={(event) => onChange(withField(point, 'anyProduct', event.currentTarget.checked || undefined))}
      />
      {!point.anyProduct && (
        <TextInput
          label={t('points.start.by')}
          description={t('points.start.byHint')}
          placeholder={usual.by}
          value={point.by ?? ''}
          error={errorAt('by')}
          onChange={(event) => onChange(withField(point, 'by', event.currentTarget.value || undefined))}
        />
      )}
      <Unless {...props} ordinary={usual.bought} />
    </Stack>
  );
}

function Unless<P extends Abandoned>({
  point,
  telling,
  onChange,
  errorAt,
  ordinary,
}: PointFormProps<P> & { ordinary: readonly string[] }) {
  const { t } = telling;
  return (
    <>
      <EventsPicker
        label={t('points.start.unless')}
        value={point.unless ?? [...ordinary]}
        error={errorAt('unless')}
        onChange={(events) => onChange(withField(point, 'unless', named(events, ordinary) as P['unless']))}
      />
      <DurationField
        label={t('points.start.after')}
        value={point.after ?? usual.after}
        error={errorAt('after')}
        onChange={(iso) => onChange(withField(point, 'after', (iso === usual.after ? undefined : iso) as P['after']))}
      />
    </>
  );
}
