import classes from './Avatar.module.css';
import { initials, toneOf } from './initials';

/** Initials on a colour that stays with the name. The name always stands beside it, so it says nothing to a screen reader. */
export function Avatar({ name, size = 28 }: { name: string; size?: number }) {
  return (
    <span
      className={classes.avatar}
      data-tone={toneOf(name)}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.39) }}
      aria-hidden
    >
      {initials(name)}
    </span>
  );
}
