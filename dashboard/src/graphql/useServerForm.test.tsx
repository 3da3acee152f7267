import { MantineProvider, TextInput } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MutationResult } from "./useApiMutation";
import { useServerForm } from "./useServerForm";

afterEach(cleanup);

function Form({
  answer,
  onDone,
}: {
  answer: MutationResult<string>;
  onDone: (data: string) => void;
}) {
  const { form, error, onSubmit } = useServerForm({
    initialValues: { payload: { profileUrl: "" }, priority: "" },
    send: async () => answer,
    onDone,
  });
  return (
    <form onSubmit={onSubmit} aria-label="form">
      {error && <p role="alert">{error.message}</p>}
      <TextInput label="Profile" {...form.getInputProps("payload.profileUrl")} />
      <TextInput label="Priority" {...form.getInputProps("priority")} />
    </form>
  );
}

const refusal = (
  details: { path: (string | number)[]; message: string }[],
): MutationResult<string> => ({
  error: { code: "BAD_USER_INPUT", message: "No", details, retryAfterSeconds: undefined },
});

async function submitted(answer: MutationResult<string>): Promise<string[]> {
  const done: string[] = [];
  render(<Form answer={answer} onDone={(data) => done.push(data)} />, { wrapper: MantineProvider });
  await act(async () => {
    fireEvent.submit(screen.getByRole("form"));
  });
  return done;
}

test("a message about a field is shown at that field, also at a nested one", async () => {
  await submitted(
    refusal([
      { path: ["input", "payload", "profileUrl"], message: "must be a LinkedIn profile address" },
      { path: ["input", "priority"], message: "must be an integer" },
    ]),
  );
  const profile = screen.getByLabelText("Profile");
  expect(profile.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("Must be a LinkedIn profile address")).toBeTruthy();
  expect(screen.getByText("Must be an integer")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a message about no field of the form is shown above it", async () => {
  await submitted(refusal([{ path: ["input", "unheardOf"], message: "must not be given" }]));
  expect(screen.getByRole("alert").textContent).toBe("No");
});

test("the data of a success is passed on", async () => {
  expect(await submitted({ data: "made" })).toEqual(["made"]);
});
