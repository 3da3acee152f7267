import { type FragmentOf, graphql, type ResultOf } from "../../graphql/graphql";

export const TaskRow = graphql(`
  fragment TaskRow on Task {
    id actionType status linkedinAccountId payload priority attemptCount
    result scheduledAt createdAt updatedAt availableActions
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
    createTask(input: $input) { task { id warnings { code message taskId } } }
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
  mutation RetryTask($id: ID!, $confirmUnknown: Boolean!) {
    retryTask(id: $id, confirmUnknown: $confirmUnknown) { task { id } }
  }
`);

// Literal: 50 is what the cost of a request allows with reasons.
export const WaitingReasons = graphql(`
  query WaitingReasons($filter: TaskFilter, $offset: Int!) {
    tasks(filter: $filter, first: 50, offset: $offset) {
      nodes { id waiting { code message until } }
    }
  }
`);

export const ForecastTasks = graphql(`
  query ForecastTasks($inputs: [CreateTaskInput!]!) {
    forecastTasks(inputs: $inputs) {
      finishesAt
      days { date actionType count }
      problems { index path message }
    }
  }
`);

export const AvailableActions = graphql(`
  query AvailableActions($id: ID!) { task(id: $id) { id availableActions } }
`);

export const OneTask = graphql(`
  query OneTask($id: ID!) {
    task(id: $id) {
      id actionType status payload priority maxRetries attemptCount result retryOf retriedAs
      scheduledAt createdAt updatedAt startedAt completedAt availableActions
      linkedinAccount { id name profileUrl }
      warnings { code message taskId }
      waiting { code message until taskId count }
      estimatedStartAt
      attempts {
        number outcome agentId claimedAt startedAt finishedAt error lateReport isDryRun
      }
      deliveries {
        id event status attemptCount createdAt deliveredAt nextAttemptAt failureReason
        lastError lastStatusCode isTest
        webhook { id url enabled }
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

export type WaitingReason = Pick<
  NonNullable<ResultOf<typeof OneTask>["task"]>["waiting"][number],
  "code" | "message" | "until"
>;
export type Task = FragmentOf<typeof TaskRow>;
