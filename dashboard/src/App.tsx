import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import "./mantine.css";
import { Pages } from "./Pages";
import { SessionProvider } from "./session/SessionProvider";
import { cssVariables, theme } from "./theme";
import "./theme.css";

export function App({ nonce }: { nonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" />
      <SessionProvider>
        <Pages />
      </SessionProvider>
    </MantineProvider>
  );
}
