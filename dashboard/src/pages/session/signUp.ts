/** Whether people can sign up on this installation: the server writes it into the page. */
export const isSignUpOpen =
  document.querySelector<HTMLMetaElement>("meta[name=zenmode-sign-up]")?.content !== "closed";
