import classes from './PartsBar.module.css';

/** How rows divide, drawn: each part as wide as its share. The numbers beside it say the same to whoever does not see it. */
export function PartsBar({ parts }: { parts: readonly { color: string; rows: number }[] }) {
  return (
    <div className={classes.bar} aria-hidden>
      {parts.map(({ color, rows }) => rows > 0 && <span key={color} style={{ flexGrow: rows, background: color }} />)}
    </div>
  );
}
