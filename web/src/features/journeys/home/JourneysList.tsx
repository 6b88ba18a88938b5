import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormats } from '@/lib/useFormats';
import { Empty } from '@/ui/Empty';
import { SearchBox } from '@/ui/SearchBox';
import { DataTable } from '@/ui/table/DataTable';
import { Pager } from '@/ui/table/Pager';
import { filterJourneys, foldEnded, isIn, labelsOf, ORDERS, type Order, TABS, type Tab } from './filterJourneys';
import classes from './JourneysList.module.css';
import { useJourneyColumns } from './useJourneyColumns';
import type { JourneyRow } from './useJourneys';

const PAGE = 50;

/** Search, tab and order stand in the address, so that a view can be kept and sent. */
export function JourneysList({ journeys }: { journeys: readonly JourneyRow[] | undefined }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [params, setParams] = useSearchParams();
  const [page, setPage] = useState(0);
  const [unfolded, setUnfolded] = useState(false);
  const columns = useJourneyColumns();
  const tab = TABS.find((one) => one === params.get('status')) ?? 'all';
  const order = ORDERS.find((one) => one === params.get('sort')) ?? 'updated';
  const search = params.get('q') ?? '';
  const label = params.get('label') ?? '';
  const labels = labelsOf(journeys ?? []);
  const change = (name: string, value: string) => {
    setPage(0);
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        value ? next.set(name, value) : next.delete(name);
        return next;
      },
      { replace: true },
    );
  };

  const filter = { tab, search, order, label };
  const all = journeys && filterJourneys(journeys, filter);
  const folded = all && foldEnded(all, filter);
  const found = folded && (unfolded ? [...folded.shown, ...folded.ended] : folded.shown);
  const shown = found?.slice(page * PAGE, (page + 1) * PAGE);
  const count = (one: Tab) => journeys?.filter((journey) => isIn(one, journey)).length ?? 0;
  const tabs = TABS.filter((one) => one === 'all' || one === tab || count(one) > 0);
  return (
    <>
      <Group gap="xs" mb="sm" justify="space-between" className={classes.bar}>
        <div className={classes.tabs}>
          <SegmentedControl
            aria-label={t('journeys.home.status')}
            value={tab}
            onChange={(value) => change('status', value === 'all' ? '' : value)}
            data={tabs.map((one) => ({
              value: one,
              label: (
                <>
                  {t(`journeys.tabs.${one}`)} <span className={classes.count}>{journeys ? number(count(one)) : ''}</span>
                </>
              ),
            }))}
          />
        </div>
        <Group gap="xs" className={classes.find}>
          <SearchBox label={t('journeys.home.search')} value={search} onChange={(value) => change('q', value)} />
          {labels.length > 0 && (
            <Select
              aria-label={t('journeys.home.label')}
              placeholder={t('journeys.home.label')}
              clearable
              w={140}
              value={label || null}
              data={labels}
              onChange={(value) => change('label', value ?? '')}
            />
          )}
          <Select
            aria-label={t('journeys.home.sort')}
            allowDeselect={false}
            w={170}
            value={order}
            onChange={(value) => change('sort', value === 'updated' ? '' : ((value as Order | null) ?? ''))}
            data={ORDERS.map((one) => ({ value: one, label: t(`journeys.order.${one}`) }))}
          />
        </Group>
      </Group>
      <DataTable
        main
        label={t('journeys.home.title')}
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
        empty={
          <Empty
            title={t('journeys.home.noneFound')}
            text={t('journeys.home.noneFoundText')}
            action={
              <Button variant="default" onClick={() => setParams({}, { replace: true })}>
                {t('journeys.home.showAll')}
              </Button>
            }
          />
        }
        footer={
          found && (found.length > PAGE || folded.ended.length > 0) ? (
            <>
              {folded.ended.length > 0 && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-expanded={unfolded}
                  leftSection={unfolded ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
                  onClick={() => setUnfolded(!unfolded)}
                >
                  {t('journeys.home.ended', { count: folded.ended.length, number: number(folded.ended.length) })}
                </Button>
              )}
              <span>
                {t('frame.table.range', {
                  from: number(page * PAGE + 1),
                  to: number(page * PAGE + (shown?.length ?? 0)),
                  of: number(found.length),
                })}
              </span>
              {found.length > PAGE && (
                <Pager
                  onNewer={page > 0 ? () => setPage(page - 1) : null}
                  onOlder={(page + 1) * PAGE < found.length ? () => setPage(page + 1) : null}
                />
              )}
            </>
          ) : undefined
        }
      />
    </>
  );
}
