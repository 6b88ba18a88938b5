import { type ReactNode, useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import classes from './Tabs.module.css';

export interface PageTab {
  to: string;
  text: string;
  /** Only this very address, and none beneath it. */
  end?: boolean;
}

/** Pages that belong together: links, so that each has an address and a history. */
export function Tabs({ tabs, aside, label }: { tabs: readonly PageTab[]; aside?: ReactNode; label?: string }) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // Where not all of them have room, the one that is open is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which one is open follows the address.
  useEffect(() => {
    const open = nav.current?.querySelector('[aria-current="page"]');
    if (!nav.current || !open) return;
    const [all, one] = [nav.current.getBoundingClientRect(), open.getBoundingClientRect()];
    if (one.left < all.left || one.right > all.right) nav.current.scrollLeft += one.left - all.left - (all.width - one.width) / 2;
  }, [pathname]);
  return (
    <div className={classes.bar}>
      <nav ref={nav} className={classes.tabs} aria-label={label}>
        {tabs.map(({ to, text, end }) => (
          <NavLink key={to} to={to} end={end ?? false} className={classes.tab}>
            {text}
          </NavLink>
        ))}
      </nav>
      {aside && <div className={classes.aside}>{aside}</div>}
    </div>
  );
}
