import classes from './LineLetter.module.css';
import { lineStyle } from './lineStyle';

/** A line's letter on its colour: the letter always stands with the colour. */
export function LineLetter({ letter }: { letter: string }) {
  if (!letter) return null;
  return (
    <span className={classes.letter} style={lineStyle(letter)} aria-hidden>
      {letter}
    </span>
  );
}
