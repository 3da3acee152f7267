import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const backend = process.env.ZENMODE_URL ?? "http://localhost:8000";

const WORTH_COMPRESSING_BYTES = 1024;

/** The backend takes a cookie only from pages of its own origin, so the request must look like one. */
const proxied = { target: backend, changeOrigin: true, headers: { origin: backend } };

/** Puts `x.js.br` and `x.js.gz` beside `x.js`, once and well, for the server to send. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const content = await readFile(join(dir, name));
          if (content.length < WORTH_COMPRESSING_BYTES) return;
          await writeFile(join(dir, `${name}.br`), await promisify(brotliCompress)(content));
          await writeFile(join(dir, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
        }),
      );
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  // The server puts a fresh nonce in its place with every page.
  html: { cspNonce: "ZENMODE_CSP_NONCE" },
  build: {
    // From there the web process serves it, and it goes with the Python package.
    outDir: "../app/http/built",
    // Pages that are open still ask for the files of the build before; dev/dashboard clears away.
    emptyOutDir: false,
    assetsDir: "dashboard",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The explorer alone is larger, and loads when it is visited.
    chunkSizeWarningLimit: 800,
    target: "es2022",
    rolldownOptions: {
      // What most pages share comes in one file, not in dozens of a few hundred bytes.
      output: {
        codeSplitting: {
          groups: [
            {
              name: "shared",
              test: /@mantine|@tabler|@floating-ui|src.components/,
              minShareCount: 5,
            },
          ],
        },
      },
    },
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
