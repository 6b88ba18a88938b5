import classes from './Logo.module.css';

/** The mark and the name. The name is one: it is not translated. */
export function Logo({ bare = false }: { bare?: boolean }) {
  return (
    <span className={classes.logo}>
      <svg width="22" height="24" viewBox="0 0 22 24" aria-hidden="true">
        <path
          d="M5 20V8.5a5.5 5.5 0 1 1 5.5 5.5H5"
          fill="none"
          stroke="currentColor"
          strokeWidth="3.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="5" cy="20.5" r="2.4" fill="currentColor" />
      </svg>
      {!bare && <span className={classes.name}>Parcours</span>}
    </span>
  );
}
