import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "wouter";
import { EmptyState } from "../../components/EmptyState";
import { PageHeader } from "../../components/PageHeader";

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon={IconMapOff}
        title="This page does not exist"
        action={
          <Button component={Link} href="/" variant="default">
            Go to the overview
          </Button>
        }
      >
        Check the URL. What it led to may have been deleted.
      </EmptyState>
    </>
  );
}
