/** A place in a sample: its JSON pointer, and what stands there, short. */
export interface Place {
  path: string;
  shows: string;
}

const placesMax = 300;
const itemsMax = 3;
const textMax = 40;

/** Every place in a body that a mapping can name, objects and lists after what is in them. */
export function placesOf(body: unknown): Place[] {
  const places: Place[] = [];
  const walk = (value: unknown, path: string) => {
    if (places.length >= placesMax) return;
    if (Array.isArray(value)) for (const [index, item] of value.slice(0, itemsMax).entries()) walk(item, `${path}/${index}`);
    else if (value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, `${path}/${escaped(name)}`);
    if (path !== '' && value !== null) places.push({ path, shows: shown(value) });
  };
  walk(body, '');
  return places;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === 'object') return '{…}';
  const text = String(value);
  return text.length > textMax ? `${text.slice(0, textMax - 1)}…` : text;
}

/** The last part of a place, as a name for what stands there. */
export function nameOf(path: string): string {
  const last = path.split(/[./]/).at(-1) ?? '';
  return last.replaceAll('~1', '/').replaceAll('~0', '~');
}
