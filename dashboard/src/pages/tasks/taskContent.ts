interface Payload {
  profile_url: string;
  message?: string;
}

/** A task's payload, which the API has validated. */
export const payloadOf = (payload: unknown): Payload => payload as Payload;

/** The profile as people know it: `jane-doe` of `https://linkedin.com/in/jane-doe/?x=1`. */
export function profileName(payload: unknown): string {
  const { profile_url } = payloadOf(payload);
  const slug = /\/in\/([^/?#]+)/i.exec(profile_url)?.[1];
  if (!slug) return profile_url;
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

interface Result {
  error?: unknown;
  dry_run?: unknown;
}

/** What a task's result says: why it failed, and whether it was only a dry run. */
export function resultOf(result: unknown): { error: string; isDryRun: boolean } {
  const { error, dry_run } = (typeof result === "object" && result ? result : {}) as Result;
  return { error: errorText(error), isDryRun: dry_run === true };
}

/** An error of the API as text: its code and its message; empty when there is none. */
export function errorText(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { code, message } = error as { code?: unknown; message?: unknown };
  return [code, message].filter((part) => typeof part === "string" && part !== "").join(": ");
}
