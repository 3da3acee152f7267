import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { Link, useSearch } from "wouter";
import { Form } from "../../components/Form";
import { TermsNotice } from "../../components/TermsNotice";
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
  const search = useSearch();
  if (!isSignUpOpen) return <SignUpClosed />;
  return (
    <SignedOutLayout
      title="Create an account"
      lead="It includes a workspace and a free trial."
      foot={
        <>
          Already have an account?{" "}
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
      <SignUpForm />
    </SignedOutLayout>
  );
}

function SignUpForm() {
  const { refresh } = useSession();
  const signUp = useApiMutation(SignUp);
  const form = useServerForm({
    initialValues: { email: "", password: "", workspaceName: "" },
    send: (input) => signUp.run({ input }),
    onDone: refresh,
  });
  return (
    <Form form={form}>
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        autoFocus
        {...form.form.getInputProps("email")}
      />
      <PasswordInput
        label="Password"
        description="At least 12 characters. A short sentence works well."
        autoComplete="new-password"
        {...form.form.getInputProps("password")}
      />
      <TextInput
        label="Workspace"
        description="The name of your company or team."
        autoComplete="organization"
        {...form.form.getInputProps("workspaceName")}
      />
      <Button type="submit" loading={form.isSending} fullWidth mt="xs">
        Create account
      </Button>
      <TermsNotice />
    </Form>
  );
}

function SignUpClosed() {
  return (
    <SignedOutLayout
      title="Sign-up is closed"
      lead="Ask the operator of this installation for an account."
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
