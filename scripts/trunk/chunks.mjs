// After Trunk has built the main part of the program: puts the parts that were cut off beside it.
//
// Main part and parts name each other, so none can be named after its own content: all are named after the content of
// all of them. A file whose name holds a hash is never asked for again (backend/src/site/files.rs).

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const staging = process.env.TRUNK_STAGING_DIR;
const chunks = process.env.HEADWATER_CHUNKS;
if (!staging || !chunks) throw new Error("called by Trunk, which scripts/build.sh calls");

const text = (path) => readFileSync(path, "utf8");
/** Replaces every `from`, and fails where there is none: another version of a tool may write another text. */
function replaced(whole, from, to) {
  if (!whole.includes(from)) throw new Error(`expected ${from} in what the tools wrote`);
  return whole.replaceAll(from, to);
}

const glue = readdirSync(staging).find((name) => /^frontend-[0-9a-f]+\.js$/.test(name));
if (!glue) throw new Error("Trunk wrote no frontend-HASH.js");
const main = glue.slice(0, -".js".length);

const parts = readdirSync(chunks).filter((name) => /^(split|chunk)_\w+\.wasm$/.test(name));
for (const part of parts) {
  const path = join(chunks, part);
  execFileSync("wasm-opt", ["-O3", path, "-o", path], { stdio: ["ignore", "inherit", "ignore"] });
}

const hash = createHash("sha256");
for (const path of [join(staging, glue), join(staging, `${main}_bg.wasm`), join(chunks, "__wasm_split.js")])
  hash.update(readFileSync(path));
for (const part of parts) hash.update(part).update(readFileSync(join(chunks, part)));
const name = hash.digest("hex").slice(0, 16);

let loader = replaced(text(join(chunks, "__wasm_split.js")), `"./main.js"`, `"./frontend-${name}.js"`);
for (const part of parts) {
  const named = `${part.slice(0, -".wasm".length).replaceAll("_", "-")}-${name}.wasm`;
  loader = replaced(loader, `"./${part}"`, `"./${named}"`);
  writeFileSync(join(staging, named), readFileSync(join(chunks, part)));
}
writeFileSync(join(staging, `chunks-${name}.js`), loader);

const program = replaced(text(join(staging, glue)), `from "./__wasm_split.js"`, `from "./chunks-${name}.js"`);
writeFileSync(join(staging, `frontend-${name}.js`), program.replaceAll(main, `frontend-${name}`));
renameSync(join(staging, `${main}_bg.wasm`), join(staging, `frontend-${name}_bg.wasm`));
rmSync(join(staging, glue));

const page = join(staging, "index.html");
const preload = `<link rel="modulepreload" href="/chunks-${name}.js">`;
writeFileSync(page, replaced(replaced(text(page), main, `frontend-${name}`), "</head>", `${preload}</head>`));

// Trunk runs the hooks of a stage side by side, and both change the page.
await import("./styles.mjs");
