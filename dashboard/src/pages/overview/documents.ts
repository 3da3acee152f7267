import { graphql, type ResultOf } from "../../graphql/graphql";

export const OverviewQuery = graphql(`
  query Overview($now: DateTime!) {
    usage(days: 14) {
      days { date created completed failed cancelled }
      accounts { createdToday dailyTaskLimit linkedinAccount { id name status } }
    }
    pending: tasks(filter: { statuses: [PENDING] }, first: 1) { totalCount }
    scheduled: tasks(filter: { statuses: [PENDING], scheduledAfter: $now }, first: 1) { totalCount }
    queued: tasks(filter: { statuses: [QUEUED] }, first: 1) { totalCount }
    processing: tasks(filter: { statuses: [PROCESSING] }, first: 1) { totalCount }
    firstTask: tasks(first: 1) { nodes { id } }
    agents { id name online isDryRun lastSeenAt revokedAt }
    apiKeys { id revokedAt }
    webhooks { id url }
    attention { code message subjectId since }
  }
`);

export const AccountQueues = graphql(`
  query AccountQueues {
    linkedinAccounts {
      id name status
      pacing { isOn }
      queue { waiting drainsAt byCode { code count until } }
    }
  }
`);

export type Overview = ResultOf<typeof OverviewQuery>;

export const SomeTaskChanged = graphql(`subscription SomeTaskChanged { taskUpdates { id } }`);
