import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { ErrorNotice } from "../components/ErrorNotice";
import { graphql } from "../graphql/graphql";
import { useApiMutation } from "../graphql/useApiMutation";
import { useServerForm } from "../graphql/useServerForm";
import { useSession } from "./SessionProvider";

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { viewer { user { id } } }
  }
`);

/** Email and password; whoever was signed in before need only give the password. */
export function SignInForm({ email = "" }: { email?: string }) {
  const { look } = useSession();
  const signIn = useApiMutation(SignIn);
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: { email, password: "" },
    send: (input) => signIn.run({ input }),
    onDone: look,
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          autoFocus={!email}
          data-autofocus={!email || undefined}
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus={email ? true : undefined}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={isSending} fullWidth mt="xs">
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
