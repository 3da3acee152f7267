import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useState } from "react";
import { useClient } from "urql";
import { type Problem, problemOf } from "./problem";

export type Outcome<Data> =
  | { data: Data; problem?: undefined }
  | { data?: undefined; problem: Problem };

/** A mutation: `run` never throws, it answers with data or with the problem. */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): { run: (variables: Variables) => Promise<Outcome<Data>>; isRunning: boolean } {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const run = async (variables: Variables): Promise<Outcome<Data>> => {
    setRunning((count) => count + 1);
    try {
      const { data, error } = await client.mutation(document, variables).toPromise();
      if (error) return { problem: problemOf(error) };
      return { data: data as Data };
    } finally {
      setRunning((count) => count - 1);
    }
  };
  return { run, isRunning: running > 0 };
}
