import { IconRoute2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Logo } from '@/ui/Logo';
import classes from './Navigation.module.css';

const places = [{ to: '/journeys', text: 'frame.nav.journeys', icon: IconRoute2 }] as const;

export function Navigation() {
  const { t } = useTranslation();
  return (
    <nav className={classes.nav} aria-label={t('frame.nav.label')}>
      <div className={classes.brand}>
        <Logo />
      </div>
      <ul className={classes.places}>
        {places.map(({ to, text, icon: Icon }) => (
          <li key={to}>
            <NavLink to={to} className={classes.place}>
              <Icon size={18} stroke={1.6} aria-hidden />
              <span>{t(text)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
