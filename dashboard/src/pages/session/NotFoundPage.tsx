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
        title="There is no such page"
        action={
          <Button component={Link} href="/" variant="default">
            To the overview
          </Button>
        }
      >
        The address may be mistyped, or what it named may be gone.
      </EmptyState>
    </>
  );
}
