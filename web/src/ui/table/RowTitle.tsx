import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './RowTitle.module.css';

interface Props {
  to?: string;
  title: ReactNode;
  lead?: ReactNode;
  /** Beside the title. */
  after?: ReactNode;
  /** Under both lines. */
  below?: ReactNode;
  picture?: ReactNode;
}

/** The two lines that name a row: what it is called, and what it is. */
export function RowTitle({ to, title, lead, after, below, picture }: Props) {
  return (
    <div className={classes.row}>
      {picture}
      <div className={classes.words}>
        <div className={classes.title}>
          {to ? (
            <Link to={to} className={classes.link}>
              {title}
            </Link>
          ) : (
            <span>{title}</span>
          )}
          {after}
        </div>
        {lead && <div className={classes.lead}>{lead}</div>}
        {below}
      </div>
    </div>
  );
}
