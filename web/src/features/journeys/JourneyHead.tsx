import { Anchor } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Schemas } from '@/api/client';
import { useSay } from '@/lib/say';
import classes from './JourneyPage.module.css';
import { StatusChip } from './StatusChip';

const tabs = ['outline', 'settings', 'versions'] as const;
export type Tab = 'map' | (typeof tabs)[number];

/** Which part of the journey the address names. */
export function useTab(): Tab {
  const { '*': rest = '' } = useParams();
  return tabs.find((tab) => rest.startsWith(tab)) ?? 'map';
}

/** Keeps `?edit` where it is: going to the outline is no reason to stop editing. */
export function useGo(id: string) {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (tab: Tab) => void navigate({ pathname: `/journeys/${id}${tab === 'map' ? '' : `/${tab}`}`, search: search.toString() });
}

interface Props {
  id: string;
  name: string;
  status: Schemas['JourneyStatus'];
  tab: Tab;
  tabs: Tab[];
  aside: React.ReactNode;
  children: React.ReactNode;
}

/** Of every part of a journey: its name and state, the way to the other parts, and what can be done with it. */
export function JourneyHead({ id, name, status, tab, tabs, aside, children }: Props) {
  const { t } = useSay();
  const [search] = useSearchParams();
  return (
    <header className={classes.head}>
      <Anchor component={Link} to="/journeys" size="sm" c="var(--p-ink-3)" className={classes.crumb}>
        {t('frame.nav.journeys')}
      </Anchor>
      <IconChevronRight className={classes.crumb} size={14} aria-hidden />
      <h1 className={classes.title} title={name}>
        {name}
      </h1>
      <StatusChip status={status} />
      {aside}
      {tabs.length > 1 && (
        <nav className={classes.tabs} aria-label={t('map.tabs.label')}>
          {tabs.map((one) => (
            <Link
              key={one}
              className={classes.tab}
              to={{ pathname: `/journeys/${id}${one === 'map' ? '' : `/${one}`}`, search: search.toString() }}
              aria-current={one === tab || (one === 'map' && tab === 'outline') ? 'page' : undefined}
            >
              {t(`map.tabs.${one}`)}
            </Link>
          ))}
        </nav>
      )}
      <div className={classes.actions}>{children}</div>
    </header>
  );
}
