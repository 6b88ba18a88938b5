import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useMatch } from 'react-router';
import classes from './Frame.module.css';
import { Navigation } from './navigation/Navigation';
import { OfflineBar } from './OfflineBar';
import { SendingBar } from './SendingBar';
import { Search } from './search/Search';
import { useHomeStream } from './useHomeStream';
import { useOwnChoices } from './useOwnChoices';

/** What stands around every page of somebody who is signed in. On a map it gives way: the navigation folds to a rail. */
export function Frame() {
  const { t } = useTranslation();
  const journey = useMatch('/journeys/:id/*');
  const { pathname } = useLocation();
  useOwnChoices();
  useHomeStream();
  // A new page begins at its top, whatever the one before was scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it waits for.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t('frame.skip')}
      </a>
      <Navigation rail={journey !== null && journey.params.id !== 'new'} />
      <div className={classes.page}>
        <OfflineBar />
        <SendingBar />
        <main className={classes.main} id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Search />
    </div>
  );
}
