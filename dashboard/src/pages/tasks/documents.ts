import { graphql } from "../../graphql/graphql";

export const TaskRow = graphql(`
  fragment TaskRow on Task {
    id actionType status linkedinAccountId payload priority attemptCount
    createdAt updatedAt availableActions
  }
`);

export const TaskPageQuery = graphql(
  `
    query TaskList($filter: TaskFilter, $first: Int!, $after: String) {
      tasks(filter: $filter, first: $first, after: $after) {
        nodes { ...TaskRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [TaskRow],
);

export const TaskUpdates = graphql(
  `
    subscription TaskUpdates($filter: TaskFilter) {
      taskUpdates(filter: $filter) { ...TaskRow }
    }
  `,
  [TaskRow],
);

export const TaskCount = graphql(`
  query TaskCount($filter: TaskFilter) {
    tasks(filter: $filter, first: 1) { totalCount }
  }
`);

export const AccountNames = graphql(`
  query AccountNames { linkedinAccounts { id name status isDefault } }
`);

export const CreateTask = graphql(`
  mutation CreateTask($input: CreateTaskInput!) {
    createTask(input: $input) { task { id } }
  }
`);

export const CancelTask = graphql(
  `
    mutation CancelTask($id: ID!) {
      cancelTask(id: $id) { task { ...TaskRow } }
    }
  `,
  [TaskRow],
);

export const RetryTask = graphql(`
  mutation RetryTask($id: ID!) {
    retryTask(id: $id) { task { id } }
  }
`);

export const OneTask = graphql(`
  query OneTask($id: ID!) {
    task(id: $id) {
      id actionType status payload priority maxRetries attemptCount result retryOf
      scheduledAt createdAt updatedAt startedAt completedAt availableActions
      linkedinAccount { id name profileUrl }
      attempts { number outcome agentId claimedAt startedAt finishedAt error lateReport }
      deliveries {
        id event status attemptCount createdAt deliveredAt nextAttemptAt failureReason
        webhook { id url }
      }
    }
    agents { id name }
  }
`);

export const TaskChanges = graphql(`
  subscription TaskChanges($id: ID!) { task(id: $id) { id updatedAt } }
`);

export const DeliveryChanges = graphql(`
  subscription DeliveryChanges { deliveryUpdates { id taskId status } }
`);
