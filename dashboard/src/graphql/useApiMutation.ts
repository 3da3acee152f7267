import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useState } from "react";
import { useClient } from "urql";
import { type ApiError, toApiError } from "./apiError";

export type MutationResult<Data> =
  | { data: Data; error?: undefined }
  | { data?: undefined; error: ApiError };

/** A mutation: `run` never throws, it returns the data or the error. */
export function useApiMutation<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): { run: (variables: Variables) => Promise<MutationResult<Data>>; isRunning: boolean } {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const run = async (variables: Variables): Promise<MutationResult<Data>> => {
    setRunning((count) => count + 1);
    try {
      const { data, error } = await client.mutation(document, variables).toPromise();
      if (error) return { error: toApiError(error) };
      return { data: data as Data };
    } finally {
      setRunning((count) => count - 1);
    }
  };
  return { run, isRunning: running > 0 };
}
