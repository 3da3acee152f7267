import { Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { Link, useSearch } from "wouter";
import { ErrorNotice } from "../../components/ErrorNotice";
import { graphql } from "../../graphql/graphql";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { useSession } from "../../session/SessionProvider";
import { SignedOutLayout } from "./SignedOutLayout";
import { isSignUpOpen } from "./signUp";

const SignUp = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) { viewer { user { id } } }
  }
`);

export function SignUpPage() {
  const { look } = useSession();
  const search = useSearch();
  const signUp = useApiMutation(SignUp);
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: { email: "", password: "", workspaceName: "" },
    send: (input) => signUp.run({ input }),
    onDone: look,
  });
  if (!isSignUpOpen) return <SignUpClosed />;
  return (
    <SignedOutLayout
      title="Make an account"
      lead="It comes with a workspace and a trial."
      foot={
        <>
          Been here before?{" "}
          <Anchor
            component={Link}
            href={search ? `/sign-in?${search}` : "/sign-in"}
            inherit
            underline="always"
          >
            Sign in
          </Anchor>
        </>
      }
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          {error && <ErrorNotice error={error} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            description="At least 12 characters. A short sentence works well."
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
          <TextInput
            label="Workspace"
            description="Your company or team, as others will see it."
            autoComplete="organization"
            {...form.getInputProps("workspaceName")}
          />
          <Button type="submit" loading={isSending} fullWidth mt="xs">
            Make the account
          </Button>
        </Stack>
      </form>
    </SignedOutLayout>
  );
}

function SignUpClosed() {
  return (
    <SignedOutLayout
      title="Sign-up is closed"
      lead="Ask whoever runs this installation for an account."
      foot={
        <Anchor component={Link} href="/sign-in" inherit underline="always">
          Sign in
        </Anchor>
      }
    >
      {null}
    </SignedOutLayout>
  );
}
