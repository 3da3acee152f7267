import { createRoot } from "react-dom/client";
import { App } from "./App";

declare global {
  /** Where the libraries that add styles of their own look for the page's nonce. */
  var __webpack_nonce__: string | undefined;
}

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce;
globalThis.__webpack_nonce__ = nonce;

const root = document.getElementById("root");
if (root) createRoot(root).render(<App nonce={nonce ?? ""} />);
