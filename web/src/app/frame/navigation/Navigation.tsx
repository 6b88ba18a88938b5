import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useFormats } from '@/lib/useFormats';
import { Logo } from '@/ui/Logo';
import { Bell } from '../notifications/Bell';
import { AccountMenu } from './AccountMenu';
import classes from './Navigation.module.css';
import { PhoneNavigation } from './PhoneNavigation';
import { type Place, places, placesBelow } from './places';
import { SearchButton } from './SearchButton';
import { usePlaceCount } from './usePlaceCount';

/** At the left: 220 px, or a rail of 56 on a map; on a phone at the bottom. */
export function Navigation({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  if (phone) return <PhoneNavigation />;
  return (
    <nav className={classes.nav} data-rail={rail || undefined} aria-label={t('frame.nav.label')}>
      <div className={classes.brand}>
        <Logo bare={rail} />
      </div>
      <SearchButton rail={rail} />
      <ul className={classes.places}>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} rail={rail} />
        ))}
      </ul>
      <ul className={classes.places} data-below>
        {placesBelow.map((place) => (
          <PlaceLink key={place.to} place={place} rail={rail} />
        ))}
      </ul>
      <div className={classes.account}>
        <AccountMenu rail={rail} />
        <Bell />
      </div>
    </nav>
  );
}

function PlaceLink({ place, rail }: { place: Place; rail: boolean }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { to, text, icon: Icon } = place;
  const count = usePlaceCount(to);
  return (
    <li>
      <Tooltip label={t(text)} position="right" disabled={!rail}>
        <NavLink to={to} className={classes.place} aria-label={rail ? t(text) : undefined}>
          <Icon size={19} stroke={1.6} aria-hidden />
          {!rail && <span>{t(text)}</span>}
          {count && !rail && (
            <span className={classes.count} role="img" aria-label={count.label}>
              {number(count.number)}
              {count.more && '+'}
            </span>
          )}
        </NavLink>
      </Tooltip>
    </li>
  );
}
