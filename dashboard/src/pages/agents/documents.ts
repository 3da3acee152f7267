import { graphql, type ResultOf } from "../../graphql/graphql";

export const Agents = graphql(`
  query Agents {
    agents { id name hint online isDryRun driver lastSeenAt version createdAt revokedAt }
  }
`);

export type Agent = ResultOf<typeof Agents>["agents"][number];

export const CreateAgent = graphql(`
  mutation CreateAgent($input: CreateAgentInput!) {
    createAgent(input: $input) { agent { id name } token }
  }
`);

export const RevokeAgent = graphql(`
  mutation RevokeAgent($id: ID!) {
    revokeAgent(id: $id) { agent { id } }
  }
`);
