// Before the first paint, so that nobody who reads in the dark is dazzled; a file of its own, for inline scripts are forbidden.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('parcours.colour-scheme');
  } catch {
    // Storage may be forbidden; the system's choice stands then.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
