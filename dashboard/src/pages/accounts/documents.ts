import { graphql, type ResultOf } from "../../graphql/graphql";

export const Accounts = graphql(`
  query Accounts {
    linkedinAccounts {
      id name profileUrl status isDefault pausedNote pausedUntil dailyTaskLimit tasksCreatedToday
      pacing { isOn }
    }
  }
`);

export type Account = ResultOf<typeof Accounts>["linkedinAccounts"][number];

export const OneAccount = graphql(`
  query OneAccount($id: ID!) {
    linkedinAccount(id: $id) {
      id name profileUrl status isDefault pausedNote pausedUntil dailyTaskLimit tasksCreatedToday
      pacing {
        isOn timeZone perDay rampDays rampEndsAt isOpen opensAt
        hours { weekday opens closes }
      }
      limits {
        actionType window limit fullLimit used remaining resetAt nextAllowedAt
        gapMinSeconds gapMaxSeconds isDefault advice
      }
      locks { id actionType code until reportedAt }
      queue { waiting drainsAt byCode { code count until } }
      servedBy { id name online lastSeenAt isDryRun }
    }
  }
`);

export type AccountDetails = NonNullable<ResultOf<typeof OneAccount>["linkedinAccount"]>;
export type Limit = AccountDetails["limits"][number];
export type Pacing = AccountDetails["pacing"];

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

export const UpdatePacing = graphql(`
  mutation UpdatePacing($input: UpdatePacingInput!) {
    updatePacing(input: $input) { linkedinAccount { id name pacing { isOn } } }
  }
`);

export const LiftLock = graphql(`
  mutation LiftLock($id: ID!) {
    liftProviderLock(id: $id) { linkedinAccount { id } }
  }
`);

export const AccountTasks = graphql(`
  subscription AccountTasks($filter: TaskFilter) { taskUpdates(filter: $filter) { id } }
`);
