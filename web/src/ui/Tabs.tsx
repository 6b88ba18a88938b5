import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import classes from './Tabs.module.css';

export interface PageTab {
  to: string;
  text: string;
  /** Only this very address, and none beneath it. */
  end?: boolean;
}

/** Pages that belong together: links, so that each has an address and a history. */
export function Tabs({ tabs, aside, label }: { tabs: readonly PageTab[]; aside?: ReactNode; label?: string }) {
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label={label}>
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
