// A gate between Headwater and its CodeArtifact: a test can hold calls there, and let them through one by one.

import { createHash, createHmac } from "node:crypto";
import { createServer, request } from "node:http";
import { buffer } from "node:stream/consumers";

import { signIn } from "./browser.mjs";
import { onPage } from "./dashboard.mjs";
import { start } from "./headwater.mjs";

/** Copies of versions, which a run makes. */
export const copies = ({ method, url }) => method === "POST" && url.startsWith("/v1/package/versions/copy");

const digest = (text) => createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

/** Signs a request anew for another host (Signature Version 4): the server behind the gate answers to its own only. */
function signed({ method, url, headers }, body, host, secret) {
  const [, date, region, service, names] = headers.authorization.match(
    /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, *SignedHeaders=([^,]+)/,
  );
  const { pathname, search } = new URL(url, "http://gate");
  const path = pathname.split("/").map(encodeURIComponent).join("/");
  const query = search.slice(1).split("&").filter(Boolean).sort().join("&");
  const moved = { ...headers, host };
  const lines = names.split(";").map((name) => `${name}:${moved[name].trim()}\n`);
  const content = headers["x-amz-content-sha256"] ?? digest(body);
  const asked = [method, path, query, lines.join(""), names, content].join("\n");
  const scope = [date, region, service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope.join("/"), digest(asked)].join("\n");
  const key = scope.reduce(hmac, `AWS4${secret}`);
  const signature = hmac(key, text).toString("hex");
  return { ...moved, authorization: headers.authorization.replace(/Signature=.*/, `Signature=${signature}`) };
}

/** A gate before this CodeArtifact. It lets everything through until it is told to hold something. */
async function startGate({ codeartifact, secret_access_key }) {
  const target = new URL(codeartifact);
  let holds = () => false;
  const waiting = [];
  const forward = (incoming, body, outgoing) => {
    const { method, url } = incoming;
    const headers = incoming.headers.authorization?.startsWith("AWS4")
      ? signed(incoming, body, target.host, secret_access_key)
      : { ...incoming.headers, host: target.host };
    const onward = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    onward.end(body);
  };
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    if (holds(incoming)) waiting.push(() => forward(incoming, body, outgoing));
    else forward(incoming, body, outgoing);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    /** Holds the calls that `which` picks. */
    hold: (which) => (holds = which),
    /** How many calls are held. */
    held: () => waiting.length,
    /** Lets one held call through. */
    letOne: () => waiting.shift()(),
    /** Lets all through from now on. */
    open: () => {
      holds = () => false;
      waiting.splice(0).forEach((go) => go());
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A dashboard whose CodeArtifact stands behind a gate, and a signed-in page on it, for one test. */
export function gated(held, steps, setup = {}) {
  return async (t) => {
    const codeartifact = await start("emulate", "--story", "acme");
    const gate = await startGate(codeartifact);
    const environment = {
      AWS_ACCESS_KEY_ID: codeartifact.access_key_id,
      AWS_SECRET_ACCESS_KEY: codeartifact.secret_access_key,
    };
    const where = ["--region", codeartifact.region, "--endpoint-url", gate.address];
    const serving = await start("serve", ...where, { environment });
    try {
      await onPage(t, held.browser, setup, async (page) => {
        await signIn(page, serving);
        const link = await page.getByRole("link", { name: "acme", exact: true }).getAttribute("href");
        const at = (place) => new URL(link + place, serving.dashboard).href;
        await steps(page, { running: codeartifact, gate, at });
      });
    } finally {
      gate.open();
      await serving.stop();
      await gate.stop();
      await codeartifact.stop();
    }
  };
}
