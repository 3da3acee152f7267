import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { graphql } from "../graphql/graphql";
import { useAction } from "../graphql/useAction";
import { useServerForm } from "../graphql/useServerForm";
import { ErrorNotice } from "../pieces/ErrorNotice";
import { useSession } from "./SessionProvider";

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { viewer { user { id } } }
  }
`);

/** Email and password; whoever was signed in before need only give the password. */
export function SignInForm({ email = "" }: { email?: string }) {
  const { look } = useSession();
  const signIn = useAction(SignIn);
  const { form, problem, isSending, onSubmit } = useServerForm({
    initialValues: { email, password: "" },
    send: (input) => signIn.run({ input }),
    onDone: look,
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {problem && <ErrorNotice problem={problem} />}
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
