"""Every GraphQL document that the agent sends."""

IDENTIFY = """
query Identify {
  viewer { agent { id name } workspace { name } }
}
"""

ANNOUNCE = """
mutation Announce($input: AnnounceAgentInput!) {
  announceAgent(input: $input) { pollSeconds leaseSeconds }
}
"""

GO_OFFLINE = """
mutation GoOffline {
  goOffline { agent { id } }
}
"""

CONNECT_ACCOUNT = """
mutation ConnectAccount($input: ConnectLinkedinAccountInput!) {
  connectLinkedinAccount(input: $input) { linkedinAccount { id name status } }
}
"""

CLAIM_TASKS = """
mutation ClaimTasks($input: ClaimTasksInput!) {
  claimTasks(input: $input) { leases { task { id linkedinAccountId } leaseToken } }
}
"""

START_TASK = """
mutation StartTask($input: LeaseInput!) {
  startTask(input: $input) {
    lease { task { id actionType linkedinAccountId payload attemptCount } }
  }
}
"""

RENEW_LEASES = """
mutation RenewLeases($input: RenewLeasesInput!) {
  renewLeases(input: $input) { lost }
}
"""

COMPLETE_TASK = """
mutation CompleteTask($input: CompleteTaskInput!) {
  completeTask(input: $input) { task { id status } }
}
"""

FAIL_TASK = """
mutation FailTask($input: FailTaskInput!) {
  failTask(input: $input) { task { id status } }
}
"""

RELEASE_TASK = """
mutation ReleaseTask($input: LeaseInput!) {
  releaseTask(input: $input) { task { id } }
}
"""

TASKS_AVAILABLE = """
subscription TasksAvailable($linkedinAccountIds: [ID!]!) {
  tasksAvailable(linkedinAccountIds: $linkedinAccountIds) { linkedinAccountIds }
}
"""
