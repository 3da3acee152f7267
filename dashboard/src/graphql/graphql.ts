import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema-types";

/** Makes documents whose data and variables have the types of `schema.graphql`. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; JSON: unknown };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from "gql.tada";
