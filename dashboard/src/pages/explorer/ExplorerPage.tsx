import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { Anchor, useComputedColorScheme } from "@mantine/core";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createClient } from "graphql-ws";
import { useEffect, useMemo, useRef } from "react";
import { PageHeader } from "../../components/PageHeader";
import classes from "./ExplorerPage.module.css";
import { useEditorAccessibility } from "./useEditorAccessibility";

const FIRST_QUERY = `# Runs as you. A program sends its key:
# "Authorization: Bearer zm_…"

{
  viewer {
    workspace { name }
  }
  tasks(first: 5) {
    nodes { id actionType status createdAt }
  }
}
`;

export function ExplorerPage() {
  const scheme = useComputedColorScheme("light");
  const socket = useMemo(
    () => createClient({ url: new URL("/graphql", location.href).href.replace(/^http/, "ws") }),
    [],
  );
  useEffect(() => () => void socket.dispose(), [socket]);
  const fetcher = useMemo(
    () => createGraphiQLFetcher({ url: "/graphql", wsClient: socket }),
    [socket],
  );
  const frame = useRef<HTMLDivElement>(null);
  useEditorAccessibility(frame);
  return (
    <div className={classes.page}>
      <PageHeader
        title="API explorer"
        description={
          <>
            Everything the GraphQL interface can do, with your own data. REST is described in{" "}
            <Anchor href="/docs" inherit underline="always">
              its reference
            </Anchor>
            .
          </>
        }
      />
      <div className={classes.frame} ref={frame}>
        <GraphiQL fetcher={fetcher} forcedTheme={scheme} defaultQuery={FIRST_QUERY} />
      </div>
    </div>
  );
}
