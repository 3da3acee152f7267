import { Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { Link, useSearch } from "wouter";
import { graphql } from "../../graphql/graphql";
import { useAction } from "../../graphql/useAction";
import { useServerForm } from "../../graphql/useServerForm";
import { ErrorNotice } from "../../pieces/ErrorNotice";
import { useSession } from "../../session/SessionProvider";
import { Door } from "./Door";

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { viewer { user { id } } }
  }
`);

export function SignInPage() {
  const { look } = useSession();
  const search = useSearch();
  const signIn = useAction(SignIn);
  const { form, problem, isSending, onSubmit } = useServerForm({
    initialValues: { email: "", password: "" },
    send: (input) => signIn.run({ input }),
    onDone: look,
  });
  return (
    <Door
      title="Sign in"
      lead="Welcome back."
      foot={
        <>
          New here?{" "}
          <Anchor
            component={Link}
            href={search ? `/sign-up?${search}` : "/sign-up"}
            inherit
            underline="always"
          >
            Make an account
          </Anchor>
        </>
      }
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          {problem && <ErrorNotice problem={problem} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            data-autofocus
            autoFocus
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps("password")}
          />
          <Button type="submit" loading={isSending} fullWidth mt="xs">
            Sign in
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
