import { Drawer, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconDots, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Bell } from '../notifications/Bell';
import { AccountMenu } from './AccountMenu';
import classes from './PhoneNavigation.module.css';
import { places, placesBelow } from './places';

const AT_THE_BOTTOM = 4;

/** A bar at the bottom, in the reach of a thumb; what does not fit stands in a drawer. */
export function PhoneNavigation() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const more = [...places.slice(AT_THE_BOTTOM), ...placesBelow];
  return (
    <nav className={classes.bar} aria-label={t('frame.nav.label')}>
      {places.slice(0, AT_THE_BOTTOM).map(({ to, text, icon: Icon }) => (
        <NavLink key={to} to={to} className={classes.place}>
          <Icon size={22} stroke={1.6} aria-hidden />
          <span>{t(text)}</span>
        </NavLink>
      ))}
      <UnstyledButton className={classes.place} onClick={open} aria-haspopup="dialog">
        <IconDots size={22} stroke={1.6} aria-hidden />
        <span>{t('frame.nav.more')}</span>
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        title={t('frame.nav.more')}
        closeButtonProps={{ 'aria-label': t('frame.close') }}
      >
        <ul className={classes.more}>
          <li>
            <UnstyledButton
              className={classes.row}
              onClick={() => {
                close();
                spotlight.open();
              }}
            >
              <IconSearch size={20} stroke={1.6} aria-hidden />
              {t('frame.search.label')}
            </UnstyledButton>
          </li>
          {more.map(({ to, text, icon: Icon }) => (
            <li key={to}>
              <NavLink to={to} className={classes.row} onClick={close}>
                <Icon size={20} stroke={1.6} aria-hidden />
                {t(text)}
              </NavLink>
            </li>
          ))}
        </ul>
        <div className={classes.account}>
          <AccountMenu rail={false} />
          <Bell />
        </div>
      </Drawer>
    </nav>
  );
}
