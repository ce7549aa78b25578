/** The one place for colours, sizes and fonts. Calm, dense, one accent. */
import type { MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/** The accent: a sea blue that keeps its contrast on white and on the dark page. */
const sea: MantineColorsTuple = [
  '#eaf4fb',
  '#d4e6f3',
  '#a5cbe6',
  '#74b0da',
  '#4e98cf',
  '#3789c8',
  '#1f78b8',
  '#1a6699',
  '#155480',
  '#0d4267',
];

const SYSTEM = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 8 },
  colors: { sea },
  fontFamily: SYSTEM,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontFamily: SYSTEM,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Textarea: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Drawer: { defaultProps: { position: 'right', size: 'lg' } },
    Modal: { defaultProps: { centered: true } },
  },
});
