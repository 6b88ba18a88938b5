import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import classes from './Explained.module.css';
import type { Telling } from './telling';
import type { Tried } from './tried';

/** A condition as it was answered: each part with whether it holds, and what was found. */
export function Explained({ tried, telling }: { tried: Tried; telling: Telling }) {
  return (
    <ul className={classes.lines}>
      <Line tried={tried} telling={telling} />
    </ul>
  );
}

function Line({ tried, telling }: { tried: Tried; telling: Telling }) {
  const { t } = telling;
  const Mark = tried.holds ? IconCircleCheck : IconCircleX;
  return (
    <li>
      <span className={classes.line} data-holds={tried.holds || undefined}>
        <Mark size={16} role="img" aria-label={t(tried.holds ? 'conditions.try.yes' : 'conditions.try.no')} />
        <span>
          {tried.text}
          {tried.found && <small> {t('conditions.try.found', { found: tried.found })}</small>}
        </span>
      </span>
      {tried.parts.length > 0 && (
        <ul className={classes.lines}>
          {tried.parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no ids; their place is what they are known by.
            <Line key={at} tried={part} telling={telling} />
          ))}
        </ul>
      )}
    </li>
  );
}
