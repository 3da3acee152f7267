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
      lead="Welcome back."
      foot={
        isSignUpOpen && (
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
        )
      }
    >
      <SignInForm />
    </SignedOutLayout>
  );
}
