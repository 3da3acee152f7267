import { Button, Stack, Text } from "@mantine/core";
import { Dialog } from "../components/Dialog";
import { useSession } from "./SessionProvider";
import { SignInForm } from "./SignInForm";

/** Covers the page until its reader has signed in again. What they were writing stays. */
export function SessionEndedDialog({ email }: { email: string }) {
  const { forget } = useSession();
  return (
    <Dialog
      opened
      onClose={() => {}}
      title="Your session has ended"
      zIndex={1000}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      overlayProps={{ backgroundOpacity: 1, color: "var(--mantine-color-body)" }}
    >
      <Stack>
        <Text size="sm">
          It expired, or you signed out elsewhere. Sign in again to continue. What you were writing
          is still here.
        </Text>
        <SignInForm email={email} />
        <Button variant="subtle" onClick={forget}>
          Leave this page
        </Button>
      </Stack>
    </Dialog>
  );
}
