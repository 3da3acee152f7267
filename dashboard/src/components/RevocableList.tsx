import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Card } from "./Card";
import { Rows } from "./Rows";

interface Revocable {
  id: string;
  revokedAt: string | null;
}

/** Things that can be revoked: those in use, and below them, apart, the revoked ones. */
export function RevocableList<Item extends Revocable>(props: {
  items: readonly Item[];
  /** What the list is called, as in "API keys". */
  label: string;
  /** What the list of revoked ones is called. */
  revokedLabel: string;
  /** Shown while none is in use. */
  empty: ReactNode;
  children: (item: Item) => ReactNode;
}) {
  const inUse = props.items.filter(({ revokedAt }) => revokedAt === null);
  const revoked = props.items.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <Stack gap="md">
      <Card flush>
        {inUse.length === 0 ? (
          props.empty
        ) : (
          <Rows label={props.label}>{inUse.map(props.children)}</Rows>
        )}
      </Card>
      {revoked.length > 0 && (
        <Card title="Revoked" flush>
          <Rows label={props.revokedLabel}>{revoked.map(props.children)}</Rows>
        </Card>
      )}
    </Stack>
  );
}
