import classes from './Frame.module.css';

/** What stands while the first page is fetched: the frame's own shape, and no spinner. */
export function FrameLoading() {
  return (
    <div className={classes.frame} aria-busy="true">
      <div className={classes.navShape} />
      <div />
    </div>
  );
}
