import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import classes from './Frame.module.css';
import { Navigation } from './Navigation';

/** What stands around every page of somebody who is signed in. */
export function Frame() {
  const { t } = useTranslation();
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t('frame.skip')}
      </a>
      <Navigation />
      <main className={classes.main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
