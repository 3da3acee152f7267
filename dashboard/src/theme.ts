import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const pine: MantineColorsTuple = [
  "#effbf8",
  "#d5f3ec",
  "#a9e6d8",
  "#78d3c1",
  "#45b8a5",
  "#269c8a",
  "#158374",
  "#0f6e63",
  "#105951",
  "#0f4943",
];

export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 6 },
  colors: { pine },
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.5rem", lineHeight: "2rem" } } },
  components: {
    // The scroll bar stays, so that nothing moves when a dialog opens.
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { "aria-label": "Close" },
        removeScrollProps: { removeScrollBar: false },
      },
    },
    Drawer: { defaultProps: { removeScrollProps: { removeScrollBar: false } } },
  },
});

/** Mantine's own greys and reds are too pale to be read easily (WCAG 2.2, 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f7f8f8",
    "--mantine-color-text": "#1b2024",
    "--mantine-color-dimmed": "#59636c",
    "--mantine-color-placeholder": "#69737c",
    "--mantine-color-error": "#c42b2b",
    "--mantine-color-anchor": "#0f6e63",
  },
  dark: {
    "--mantine-color-body": "#131617",
    "--mantine-color-text": "#e3e7e8",
    "--mantine-color-dimmed": "#9aa5ab",
    "--mantine-color-placeholder": "#8b969c",
    "--mantine-color-error": "#ff8a8a",
    "--mantine-color-anchor": "#6fd0bd",
  },
});
