/**
 * The colours of docs/design.md, in the light and in the dark. Nothing else in the application names a colour:
 * style sheets read them as `var(--p-ink)`, and a test holds their contrasts.
 */
export const tokens = {
  paper: ['#F6F6F3', '#0F1115'],
  canvas: ['#FAFAF8', '#14161B'],
  surface: ['#FFFFFF', '#1B1E25'],
  sunken: ['#F1F1ED', '#15181E'],
  hover: ['#F3F3EF', '#262A34'],
  line: ['#E4E4DF', '#2B303A'],
  'line-2': ['#CDCDC6', '#414856'],
  control: ['#8A8A82', '#6B7384'],
  ink: ['#17191F', '#EDEFF3'],
  'ink-2': ['#4A4E59', '#B6BCC8'],
  'ink-3': ['#696D78', '#8E95A3'],
  accent: ['#2F55D4', '#8FA8FF'],
  'accent-soft': ['#ECF0FD', '#1F2740'],
  'accent-edge': ['#C5D1F8', '#34457F'],
  'on-accent': ['#FFFFFF', '#0F1115'],
  success: ['#1A7A48', '#5CCB8F'],
  'success-soft': ['#E6F4EC', '#17302A'],
  warning: ['#8F5400', '#F0B357'],
  'warning-soft': ['#FDF1DC', '#352A17'],
  'warning-edge': ['#E59A1C', '#E59A1C'],
  danger: ['#C0302B', '#FF8A80'],
  'danger-soft': ['#FCEBEA', '#3A1F20'],
  note: ['#FFF7D6', '#38321C'],
  'note-edge': ['#EBDD9E', '#574E2C'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

/** The lines of a journey map, A to H, and the colour of the letter that stands on each. */
export const lines = {
  a: { colour: ['#0C7F70', '#35A99D'], letter: ['#FFFFFF', '#0F1115'] },
  b: { colour: ['#CF7820', '#EE9C50'], letter: ['#17191F', '#0F1115'] },
  c: { colour: ['#652BA3', '#9379F2'], letter: ['#FFFFFF', '#0F1115'] },
  d: { colour: ['#1593EA', '#8BD8FC'], letter: ['#17191F', '#0F1115'] },
  e: { colour: ['#9E2B47', '#FA4A88'], letter: ['#FFFFFF', '#0F1115'] },
  f: { colour: ['#61700A', '#B6E83E'], letter: ['#FFFFFF', '#0F1115'] },
  g: { colour: ['#553A0C', '#A57B45'], letter: ['#FFFFFF', '#0F1115'] },
  h: { colour: ['#3D4E68', '#B4BBC9'], letter: ['#FFFFFF', '#0F1115'] },
} as const;

const elevations = {
  'elevation-1': ['0 1px 2px rgb(23 25 31 / 5%)', 'none'],
  'elevation-2': ['0 1px 2px rgb(23 25 31 / 5%), 0 4px 14px -2px rgb(23 25 31 / 8%)', 'none'],
  'elevation-3': ['0 18px 48px -8px rgb(23 25 31 / 20%)', '0 18px 48px -8px rgb(0 0 0 / 60%)'],
} as const;

/** The custom properties of one scheme: 0 is light, 1 is dark. */
export function variables(scheme: 0 | 1): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...tokens, ...elevations })) all[`--p-${name}`] = value[scheme];
  for (const [name, line] of Object.entries(lines)) {
    all[`--p-line-${name}`] = line.colour[scheme];
    all[`--p-on-line-${name}`] = line.letter[scheme];
  }
  return all;
}
