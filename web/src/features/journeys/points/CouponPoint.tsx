import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { poolsQuery } from '@/api/queries';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

type Coupon = PointOf<'coupon'>;

/** Gives the contact a code of a pool, which nobody else gets. */
export const couponPoint: PointView<'coupon'> = {
  kind: 'coupon',
  group: 'actions',
  shape: 'action',
  icon: IconTicket,
  create: () => ({ kind: 'coupon', pool: '' }),
  title: (point, { t }) => point.pool || t('points.coupon.nothing'),
  detail: (point, { t }) => t('points.coupon.keeps', { name: nameOf(point) }),
  branch: (_, edge, { t }) => t(edge === 'empty' ? 'points.coupon.empty' : 'points.coupon.given'),
  Form: CouponForm,
};

/** Under which name the code is kept. */
function nameOf(point: Coupon): string {
  return point.into || 'coupon';
}

function CouponForm({ point, telling, onChange, errorAt }: PointFormProps<Coupon>) {
  const { t, formats } = telling;
  const pools = useQuery(poolsQuery).data ?? [];
  const known = pools.map(({ id, left }) => ({
    value: id,
    label: left == null ? id : t('points.coupon.left', { pool: id, count: left, left: formats.number(left) }),
  }));
  // What was chosen once and is gone stays visible: the check says that it is missing.
  const data =
    point.pool && !known.some(({ value }) => value === point.pool) ? [{ value: point.pool, label: point.pool }, ...known] : known;
  return (
    <Stack gap={14}>
      <Select
        label={t('points.coupon.pool')}
        description={t('points.coupon.poolHint')}
        data={data}
        value={point.pool || null}
        error={errorAt('pool')}
        searchable
        nothingFoundMessage={t('points.coupon.noPool')}
        onChange={(pool) => onChange({ ...point, pool: pool ?? '' })}
        comboboxProps={{ withinPortal: true }}
      />
      <TextInput
        label={t('points.coupon.into')}
        description={t('points.coupon.intoHint', {
          field: `{{event.${nameOf(point)}}}`,
          expires: `{{event.${nameOf(point)}_expires}}`,
        })}
        placeholder="coupon"
        value={point.into ?? ''}
        maxLength={100}
        error={errorAt('into')}
        onChange={(event) => onChange(withField(point, 'into', event.currentTarget.value || undefined))}
      />
      <Switch
        label={t('points.coupon.onEmpty')}
        description={t('points.coupon.onEmptyHint')}
        checked={point.onEmpty !== undefined}
        disabled={point.onEmpty === undefined && point.next === undefined}
        onChange={(event) => onChange(withField(point, 'onEmpty', event.currentTarget.checked ? point.next : undefined))}
      />
    </Stack>
  );
}
