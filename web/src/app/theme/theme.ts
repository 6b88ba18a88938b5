import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from '@mantine/core';
import { variables } from './tokens';

const accent: MantineColorsTuple = [
  '#ECF0FD',
  '#DBE3FC',
  '#C5D1F8',
  '#AEC0FF',
  '#8FA8FF',
  '#5B7BEA',
  '#2F55D4',
  '#2444B4',
  '#1D378F',
  '#15296B',
];

/** Mantine's own greys in the dark, where its parts take them: ours, so that no box or field is of another kind of black. */
const dark: MantineColorsTuple = [
  '#EDEFF3',
  '#B6BCC8',
  '#8E95A3',
  '#6B7384',
  '#414856',
  '#2B303A',
  '#1B1E25',
  '#15181E',
  '#14161B',
  '#0F1115',
];

/** Mantine reckons the colour of words on a button for one scheme; ours differ by scheme, and a variable follows it. */
const variantColors: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const own = input.color === undefined || input.color === 'accent' ? 'accent' : input.color === 'red' ? 'danger' : null;
  if (!own) return resolved;
  if (input.variant === 'filled')
    return {
      ...resolved,
      background: `var(--p-${own})`,
      hover: `color-mix(in srgb, var(--p-${own}) 88%, var(--p-ink))`,
      color: 'var(--p-on-accent)',
    };
  if (input.variant === 'light')
    return { ...resolved, background: `var(--p-${own}-soft)`, hover: `var(--p-${own}-soft)`, color: `var(--p-${own})` };
  if (input.variant === 'subtle' || input.variant === 'transparent') return { ...resolved, color: `var(--p-${own})` };
  return resolved;
};

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'accent',
  colors: { accent, dark },
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  variantColorResolver: variantColors,
  white: '#FFFFFF',
  black: '#17191F',
  fontFamily: "'Inter Variable', Inter, ui-sans-serif, system-ui, 'Segoe UI', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Liberation Mono', monospace",
  fontSizes: { xs: '11.5px', sm: '12.5px', md: '14px', lg: '16px', xl: '22px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '5px', sm: '8px', md: '10px', lg: '12px', xl: '999px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '13.5px', lineHeight: '18px' },
    },
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_, { size }) =>
        size === 'sm'
          ? { root: { '--button-height': '34px', '--button-fz': '14px', '--button-padding-x': '14px' } }
          : { root: {} },
      styles: { root: { fontWeight: 500 } },
    }),
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 34 } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', padding: 24, transitionProps: { transition: 'fade', duration: 180 } },
    },
    Drawer: { defaultProps: { position: 'right', padding: 20 } },
    Menu: { defaultProps: { shadow: 'none', radius: 'md', transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { shadow: 'none', radius: 'md' } },
    Tooltip: { defaultProps: { openDelay: 400, radius: 'xs' } },
    Input: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { radius: 4 } },
    Accordion: { styles: { label: { fontSize: '14px', paddingBlock: '12px' } } },
    Kbd: {
      styles: {
        root: {
          border: '1px solid var(--p-line-2)',
          background: 'var(--p-surface)',
          color: 'var(--p-ink-3)',
          fontFamily: 'inherit',
          fontWeight: 500,
        },
      },
    },
  },
});

/** Mantine's own variables that the tokens replace, so that its parts look like ours without being told one by one. */
function mantine(scheme: 0 | 1): Record<string, string> {
  const own = variables(scheme);
  return {
    ...own,
    '--mantine-color-body': 'var(--p-surface)',
    '--mantine-color-text': 'var(--p-ink)',
    '--mantine-color-dimmed': 'var(--p-ink-3)',
    '--mantine-color-placeholder': 'var(--p-ink-3)',
    '--mantine-color-anchor': 'var(--p-accent)',
    '--mantine-color-error': 'var(--p-danger)',
    '--mantine-color-default': 'var(--p-surface)',
    '--mantine-color-default-hover': 'var(--p-hover)',
    '--mantine-color-default-color': 'var(--p-ink)',
    '--mantine-color-default-border': 'var(--p-line-2)',
    '--mantine-color-accent-light': 'var(--p-accent-soft)',
    '--mantine-color-accent-light-hover': 'var(--p-accent-soft)',
    '--mantine-color-accent-light-color': 'var(--p-accent)',
    '--mantine-color-gray-outline': 'var(--p-ink-2)',
    '--mantine-color-gray-light-color': 'var(--p-ink-2)',
    '--mantine-color-gray-light': 'var(--p-sunken)',
    '--mantine-color-gray-light-hover': 'var(--p-hover)',
    '--mantine-color-red-filled': scheme === 0 ? '#C0302B' : '#FF8A80',
    '--mantine-color-red-light': 'var(--p-danger-soft)',
    '--mantine-color-red-light-color': 'var(--p-danger)',
  };
}

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: mantine(0), dark: mantine(1) });
