import { graphql, type ResultOf } from "../../graphql/graphql";

export const ApiKeys = graphql(`
  query ApiKeys {
    apiKeys { id name hint createdAt lastUsedAt expiresAt revokedAt }
  }
`);

export type ApiKey = ResultOf<typeof ApiKeys>["apiKeys"][number];

export const CreateApiKey = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) { apiKey { id name } token }
  }
`);

export const RevokeApiKey = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) { apiKey { id } }
  }
`);
