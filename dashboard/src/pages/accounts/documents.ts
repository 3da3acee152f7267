import { graphql, type ResultOf } from "../../graphql/graphql";

export const Accounts = graphql(`
  query Accounts {
    linkedinAccounts {
      id name profileUrl status isDefault dailyTaskLimit tasksCreatedToday
    }
  }
`);

export type Account = ResultOf<typeof Accounts>["linkedinAccounts"][number];

export const ConnectAccount = graphql(`
  mutation ConnectAccount($input: ConnectLinkedinAccountInput!) {
    connectLinkedinAccount(input: $input) { linkedinAccount { id name } }
  }
`);

export const UpdateAccount = graphql(`
  mutation UpdateAccount($input: UpdateLinkedinAccountInput!) {
    updateLinkedinAccount(input: $input) { linkedinAccount { id } }
  }
`);

export const DisconnectAccount = graphql(`
  mutation DisconnectAccount($id: ID!) {
    disconnectLinkedinAccount(id: $id) { linkedinAccount { id } }
  }
`);
