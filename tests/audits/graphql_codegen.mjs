// Writes the TypeScript of graphql-codegen for operations: `node graphql_codegen.mjs SCHEMA OPERATIONS OUTPUT`.
import { readFileSync, writeFileSync } from "node:fs";

import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";

const [schema, documents, filename] = process.argv.slice(2);
const output = await codegen({
  filename,
  schema: parse(readFileSync(schema, "utf8")),
  documents: [{ location: documents, document: parse(readFileSync(documents, "utf8")) }],
  config: {
    enumsAsTypes: true,
    useTypeImports: true,
    strictScalars: true,
    scalars: { DateTime: "string", JSON: "unknown" },
  },
  plugins: [{ operations: {} }, { typedDocumentNode: {} }],
  pluginMap: { operations, typedDocumentNode },
});
writeFileSync(filename, output);
console.log("{}");
