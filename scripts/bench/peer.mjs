// Builds the peer's page and serves it on loopback with the same graph that Headwater draws.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const modules = new URL("../../.tools/bench/node_modules/", import.meta.url).pathname;
const esbuild = createRequire(join(modules, "index.js"))("esbuild");

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Peer</title>
<link rel="stylesheet" href="peer.css"><body style="margin:0"><div id="root"></div>
<script type="module" src="peer.js"></script></body></html>`;

async function build() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [new URL("peer.jsx", import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    nodePaths: [modules],
    outdir: "out",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return Object.fromEntries(outputFiles.map((file) => [file.path.split("/").pop(), file.contents]));
}

/** Serves the peer's page; `show(graph)` chooses what it draws. */
export async function servePeer() {
  const files = await build();
  let graph = "{}";
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://peer").pathname.slice(1);
    const kinds = { js: "text/javascript", css: "text/css", json: "application/json" };
    const body = name === "" ? html : name === "graph.json" ? graph : files[name];
    response.writeHead(body ? 200 : 404, { "content-type": kinds[name.split(".").pop()] ?? "text/html" });
    response.end(body ?? "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const stop = () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections());
  return { address, show: (map) => (graph = JSON.stringify(map)), stop };
}

/** The number of bytes of JavaScript that the peer loads, compressed by brotli at its best. */
export async function peerScriptBytes() {
  const { brotliCompressSync } = await import("node:zlib");
  return brotliCompressSync((await build())["peer.js"]).length;
}
