import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.ZENMODE_URL ?? "http://localhost:8000";

/** The backend takes a cookie only from pages of its own origin, so the request must look like one. */
const proxied = { target: backend, changeOrigin: true, headers: { origin: backend } };

export default defineConfig({
  plugins: [react()],
  // The server puts a fresh nonce in its place with every page.
  html: { cspNonce: "ZENMODE_CSP_NONCE" },
  build: {
    assetsDir: "dashboard",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  server: {
    proxy: {
      "/graphql": { ...proxied, ws: true },
      "/api": proxied,
      "/docs": proxied,
      "/assets": proxied,
    },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
