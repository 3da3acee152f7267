import { createRoot } from "react-dom/client";
import { App } from "./App";

declare global {
  /** Where the libraries that add styles of their own look for the page's nonce. */
  var __webpack_nonce__: string | undefined;
}

// After a deployment the old pages' chunks are gone; the new ones are a reload away.
addEventListener("vite:preloadError", (event) => {
  const lastReloadAt = Number(sessionStorage.getItem("reloaded-at"));
  if (Date.now() - lastReloadAt < 10_000) return;
  sessionStorage.setItem("reloaded-at", String(Date.now()));
  event.preventDefault();
  location.reload();
});

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce;
globalThis.__webpack_nonce__ = nonce;

const root = document.getElementById("root");
if (root) createRoot(root).render(<App nonce={nonce ?? ""} />);
