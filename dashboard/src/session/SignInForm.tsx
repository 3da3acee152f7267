import { Button, PasswordInput, TextInput } from "@mantine/core";
import { Form } from "../components/Form";
import { graphql } from "../graphql/graphql";
import { useApiMutation } from "../graphql/useApiMutation";
import { useServerForm } from "../graphql/useServerForm";
import { useSession } from "./SessionProvider";

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { viewer { user { id } } }
  }
`);

/** Email and password. A known email is filled in, so that only the password is missing. */
export function SignInForm({ email = "" }: { email?: string }) {
  const { refresh } = useSession();
  const signIn = useApiMutation(SignIn);
  const form = useServerForm({
    initialValues: { email, password: "" },
    send: (input) => signIn.run({ input }),
    onDone: refresh,
  });
  return (
    <Form form={form}>
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        autoFocus={!email}
        data-autofocus={!email || undefined}
        {...form.form.getInputProps("email")}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        data-autofocus={email ? true : undefined}
        {...form.form.getInputProps("password")}
      />
      <Button type="submit" loading={form.isSending} fullWidth mt="xs">
        Sign in
      </Button>
    </Form>
  );
}
