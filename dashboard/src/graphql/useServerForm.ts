import { type UseFormReturnType, useForm } from "@mantine/form";
import { useState } from "react";
import { type ApiError, fieldErrors } from "./apiError";
import type { MutationResult } from "./useApiMutation";

export interface ServerForm<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>;
  /** An error that belongs to no field. */
  error: ApiError | null;
  isSending: boolean;
  onSubmit: (event?: React.FormEvent<HTMLFormElement>) => void;
}

/**
 * A form that the server validates, so that people and programs get the same messages: each of the
 * error's details goes to its field. An error that belongs to no field of the form is in `error`.
 */
export function useServerForm<Values extends Record<string, unknown>, Data>(options: {
  initialValues: Values;
  send: (values: Values) => Promise<MutationResult<Data>>;
  onDone: (data: Data) => void;
}): ServerForm<Values> {
  const form = useForm<Values>({ initialValues: options.initialValues });
  const [error, setError] = useState<ApiError | null>(null);
  const [isSending, setIsSending] = useState(false);

  const onSubmit = form.onSubmit(async (values) => {
    setError(null);
    setIsSending(true);
    const outcome = await options.send(values);
    setIsSending(false);
    if (!outcome.error) return options.onDone(outcome.data);
    const errors = fieldErrors(outcome.error);
    form.setErrors(errors);
    const [firstPath] = Object.keys(errors);
    const field = firstPath === undefined ? null : form.getInputNode(firstPath);
    field?.focus();
    if (!field) setError(outcome.error);
  });
  return { form, error, isSending, onSubmit };
}
