import { useRef } from "react";
import { fromLocal } from "../../components/times";
import { UNREACHABLE } from "../../graphql/apiError";
import { useApiMutation } from "../../graphql/useApiMutation";
import { CreateTask } from "./documents";
import { type ActionType, messageLengths } from "./labels";

export const emptyTaskForm = {
  actionType: "CONNECT" as ActionType,
  linkedinAccountId: "",
  payload: { profileUrl: "", message: "" },
  priority: "0",
  maxRetries: "3",
  scheduledAt: "",
};
export type TaskForm = typeof emptyTaskForm;

/**
 * Creates a task from the form. A request without a response keeps its idempotency key, so that
 * sending it again creates no second task; `forgetRequest` ends that.
 */
export function useCreateTask() {
  const { run } = useApiMutation(CreateTask);
  const idempotencyKey = useRef(newKey());
  const forgetRequest = () => {
    idempotencyKey.current = newKey();
  };
  const create = async (form: TaskForm) => {
    const result = await run({
      input: { ...inputOf(form), idempotencyKey: idempotencyKey.current },
    });
    if (result.error?.code !== UNREACHABLE) forgetRequest();
    return result;
  };
  return { create, forgetRequest };
}

/** The form as the API takes it. */
export function inputOf({ payload, ...form }: TaskForm) {
  return {
    actionType: form.actionType,
    linkedinAccountId: form.linkedinAccountId || null,
    payload: {
      profileUrl: payload.profileUrl.trim(),
      message: (messageLengths[form.actionType] && payload.message) || null,
    },
    priority: Number(form.priority),
    maxRetries: Number(form.maxRetries),
    scheduledAt: fromLocal(form.scheduledAt),
  };
}

/** `randomUUID` does not exist on pages that came over plain http from another machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
