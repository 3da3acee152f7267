import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { enumLabel } from "../../components/enumLabel";
import { Facts } from "../../components/Facts";
import { LongMessage } from "../../components/LongMessage";
import { profileLink } from "../../components/profileLink";
import { RelativeTime } from "../../components/RelativeTime";
import { payloadOf } from "./taskContent";
import type { TaskDetails } from "./timeline";

/** What a task was created with, and its message. */
export function TaskFacts({ task }: { task: TaskDetails }) {
  const { profile_url, message } = payloadOf(task.payload);
  const facts: [string, ReactNode][] = [
    ["Action", enumLabel(task.actionType)],
    ["Profile URL", <ProfileLink key="profile" url={profile_url} />],
    ["Account", <AccountLink key="account" account={task.linkedinAccount} />],
    ["Priority", task.priority],
    ["Attempts", task.attemptCount],
    ["Retries allowed", task.maxRetries],
    ["Created", <RelativeTime key="created" at={task.createdAt} />],
  ];
  if (task.scheduledAt) {
    facts.push(["Not before", <RelativeTime key="due" at={task.scheduledAt} />]);
  }
  if (task.retryOf) facts.push(["Retry of", <TaskLink key="retry" id={task.retryOf} />]);
  if (task.retriedAs) facts.push(["Retried as", <TaskLink key="retried" id={task.retriedAs} />]);
  return (
    <>
      <Facts facts={facts} />
      {message !== undefined && <LongMessage>{message}</LongMessage>}
    </>
  );
}

function ProfileLink({ url }: { url: string }) {
  return (
    <Anchor href={profileLink(url)} target="_blank" rel="noreferrer" inherit>
      {url}
    </Anchor>
  );
}

function AccountLink({ account }: { account: TaskDetails["linkedinAccount"] }) {
  return (
    <Anchor component={Link} href={`/accounts/${account.id}`} inherit>
      <bdi>{account.name}</bdi>
    </Anchor>
  );
}

function TaskLink({ id }: { id: string }) {
  return (
    <Anchor component={Link} href={`/tasks/${id}`} inherit>
      {id}
    </Anchor>
  );
}
