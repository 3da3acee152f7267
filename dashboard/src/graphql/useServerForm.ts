import { type UseFormReturnType, useForm } from "@mantine/form";
import { useState } from "react";
import { fieldErrors, type Problem } from "./problem";
import type { Outcome } from "./useAction";

export interface ServerForm<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>;
  /** What is wrong with no field in particular. */
  problem: Problem | null;
  isSending: boolean;
  onSubmit: (event?: React.FormEvent<HTMLFormElement>) => void;
}

/**
 * A form that the API checks, so that a page says the same as a program is told: each of the
 * problem's details goes to its field, and what belongs to no field of the form stays in `problem`.
 */
export function useServerForm<Values extends Record<string, unknown>, Data>(options: {
  initialValues: Values;
  send: (values: Values) => Promise<Outcome<Data>>;
  onDone: (data: Data) => void;
}): ServerForm<Values> {
  const form = useForm<Values>({ initialValues: options.initialValues });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSending, setIsSending] = useState(false);

  const onSubmit = form.onSubmit(async (values) => {
    setProblem(null);
    setIsSending(true);
    const outcome = await options.send(values);
    setIsSending(false);
    if (!outcome.problem) return options.onDone(outcome.data);
    const errors = fieldErrors(outcome.problem);
    form.setErrors(errors);
    const [firstPath] = Object.keys(errors);
    const field = firstPath === undefined ? null : form.getInputNode(firstPath);
    field?.focus();
    if (!field) setProblem(outcome.problem);
  });
  return { form, problem, isSending, onSubmit };
}
