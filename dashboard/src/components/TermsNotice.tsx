import { Anchor, Text } from "@mantine/core";

/** What LinkedIn's User Agreement says about automation, and what that means for an account. */
export function TermsNotice() {
  return (
    <Text size="xs" c="dimmed">
      LinkedIn's User Agreement does not permit third-party automation. An unattended driver acts at
      your own risk and may cost you the account.{" "}
      <Anchor
        href="/docs/questions#is-there-a-driver-that-acts-on-linkedin"
        target="_blank"
        inherit
        underline="always"
      >
        Read what that means
      </Anchor>
    </Text>
  );
}
