import type { CombinedError } from "@urql/core";

export interface FieldError {
  /** From the argument down, in GraphQL's names: `["input", "payload", "profileUrl"]`. */
  path: (string | number)[];
  /** Reads on after the field's name, as in "must be an integer". */
  message: string;
}

/** What the API says is wrong, or that it can't be reached. */
export interface ApiError {
  code: string;
  message: string;
  details: FieldError[];
  retryAfterSeconds: number | undefined;
}

export const UNREACHABLE = "UNREACHABLE";

/** The first error of a response, as pages show it. */
export function toApiError(error: CombinedError | undefined): ApiError {
  const first = error?.graphQLErrors[0];
  if (!first) {
    return {
      code: UNREACHABLE,
      message: "ZenMode can't be reached right now.",
      details: [],
      retryAfterSeconds: undefined,
    };
  }
  const { code, details, retryAfter } = first.extensions;
  return {
    code: typeof code === "string" ? code : "INTERNAL",
    message: sentence(first.message),
    details: Array.isArray(details) ? (details as FieldError[]) : [],
    retryAfterSeconds: typeof retryAfter === "number" ? retryAfter : undefined,
  };
}

/**
 * The error's field messages under dotted names ("payload.profileUrl"), as forms want them.
 * A path begins with the argument's own name, which is left out.
 */
export function fieldErrors(error: ApiError): Record<string, string> {
  return Object.fromEntries(
    error.details.map(({ path, message }) => [path.slice(1).join("."), sentence(message)]),
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
