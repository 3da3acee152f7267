import { Anchor } from "@mantine/core";
import { Link, useSearch } from "wouter";
import { SignInForm } from "../../session/SignInForm";
import { SignedOutLayout } from "./SignedOutLayout";
import { isSignUpOpen } from "./signUp";

export function SignInPage() {
  const search = useSearch();
  return (
    <SignedOutLayout
      title="Sign in"
      lead="Use the email and password of your account."
      foot={
        isSignUpOpen && (
          <>
            No account yet?{" "}
            <Anchor
              component={Link}
              href={search ? `/sign-up?${search}` : "/sign-up"}
              inherit
              underline="always"
            >
              Create an account
            </Anchor>
          </>
        )
      }
    >
      <SignInForm />
    </SignedOutLayout>
  );
}
