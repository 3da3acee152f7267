import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { Anchor, useComputedColorScheme } from "@mantine/core";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createClient } from "graphql-ws";
import { useEffect, useMemo, useRef } from "react";
import { PageHeader } from "../../components/PageHeader";
import classes from "./ExplorerPage.module.css";
import { useEditorAccessibility } from "./useEditorAccessibility";

const FIRST_QUERY = `# Runs as you, with your data.
# Press the button to run it.

{
  viewer {
    workspace { name }
  }
  tasks(first: 5) {
    nodes {
      id
      actionType
      status
      createdAt
    }
  }
}
`;

const FIRST_RESPONSE = `{
  "hint": "Run the query. The response appears here."
}`;

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
        help="/docs/graphql"
        description={
          <>
            The GraphQL API with your own data. The REST API has{" "}
            <Anchor href="/docs/rest-reference" target="_blank" inherit underline="always">
              a reference
            </Anchor>
            .
          </>
        }
      />
      <div className={classes.frame} ref={frame}>
        <GraphiQL
          fetcher={fetcher}
          forcedTheme={scheme}
          defaultQuery={FIRST_QUERY}
          response={FIRST_RESPONSE}
        />
      </div>
    </div>
  );
}
