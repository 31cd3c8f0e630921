import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep teal: the one accent. Index 8 carries the light theme, index 4 the dark one. */
const teal: MantineColorsTuple = [
  '#F0FDFA',
  '#CCFBF1',
  '#99F6E4',
  '#5EEAD4',
  '#2DD4BF',
  '#14B8A6',
  '#0D9488',
  '#0B8078',
  '#0F766E',
  '#115E59',
];

/** Ink, lines and surfaces of the dark theme, where Mantine looks for them. */
const dark: MantineColorsTuple = [
  '#E8E6E1',
  '#C3C4C4',
  '#9AA0A6',
  '#868C93',
  '#2C3037',
  '#23272D',
  '#1D2025',
  '#16181C',
  '#121417',
  '#0E1012',
];

const sans =
  "'Inter Variable', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 7 },
  colors: { teal, dark },
  fontFamily: sans,
  fontFamilyMonospace: "'JetBrains Mono', 'SF Mono', Consolas, 'Noto Sans Mono CJK SC', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  defaultRadius: 6,
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  autoContrast: true,
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { radius: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: {
      defaultProps: { size: 'sm', comboboxProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 110 }, overlayProps: { backgroundOpacity: 0.25 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 } } },
  },
});

/** Paper, ink and signals as CSS variables (look.md), for both schemes. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: { '--vb-radius': '6px' },
  light: {
    '--mantine-color-body': '#FBFAF7',
    '--mantine-color-text': '#1F2328',
    '--mantine-color-dimmed': '#646B76',
    '--mantine-color-error': '#B91C1C',
    '--mantine-color-default': '#FFFFFF',
    '--mantine-color-default-border': '#E7E4DC',
    '--vb-paper': '#FBFAF7',
    '--vb-surface': '#FFFFFF',
    '--vb-line': '#E7E4DC',
    '--vb-ink': '#1F2328',
    '--vb-muted': '#646B76',
    '--vb-accent': '#0F766E',
    '--vb-accent-soft': '#E3F2EF',
    '--vb-hover': '#F3F1EB',
    '--vb-selected': '#E8F3F1',
    '--vb-soon': '#B45309',
    '--vb-soon-soft': '#FDF1E0',
    '--vb-risk': '#B91C1C',
    '--vb-risk-soft': '#FDECEA',
    '--vb-kept': '#15803D',
    '--vb-kept-soft': '#E7F5EC',
  },
  dark: {
    '--mantine-color-body': '#16181C',
    '--mantine-color-text': '#E8E6E1',
    '--mantine-color-dimmed': '#9AA0A6',
    '--mantine-color-error': '#F28B82',
    '--mantine-color-default': '#1D2025',
    '--mantine-color-default-border': '#2C3037',
    '--vb-paper': '#16181C',
    '--vb-surface': '#1D2025',
    '--vb-line': '#2C3037',
    '--vb-ink': '#E8E6E1',
    '--vb-muted': '#9AA0A6',
    '--vb-accent': '#2DD4BF',
    '--vb-accent-soft': '#173430',
    '--vb-hover': '#23272D',
    '--vb-selected': '#1B302E',
    '--vb-soon': '#F0A94B',
    '--vb-soon-soft': '#3A2A14',
    '--vb-risk': '#F28B82',
    '--vb-risk-soft': '#3D1F1E',
    '--vb-kept': '#6FCF97',
    '--vb-kept-soft': '#183224',
  },
});
