// npm packages made and published as npm does it, without npm: hundreds of them in seconds.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { aws } from "./headwater.mjs";

const block = 512;

/** The smallest tarball that npm would publish: its package.json alone. */
function tarball(manifest) {
  const content = Buffer.from(JSON.stringify(manifest));
  const octal = (number, width) => number.toString(8).padStart(width - 1, "0") + "\0";
  const header = Buffer.alloc(block);
  header.write("package/package.json", 0);
  for (const [at, number, width] of [
    [100, 0o644, 8],
    [108, 0, 8],
    [116, 0, 8],
    [124, content.length, 12],
    [136, 0, 12],
  ]) {
    header.write(octal(number, width), at);
  }
  header.write("        0", 148);
  header.write("ustar\x0000", 257);
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      8,
    ),
    148,
  );
  const padding = (block - (content.length % block)) % block;
  return gzipSync(Buffer.concat([header, content, Buffer.alloc(padding + 2 * block)]));
}

/** Signs in to the npm endpoint of a repository of acme. The answer publishes a manifest. */
export async function npmPublisher(running, repository) {
  const { authorizationToken } = await aws(running, "get-authorization-token", "--domain", "acme");
  const where = ["--domain", "acme", "--repository", repository, "--format", "npm"];
  const { repositoryEndpoint } = await aws(running, "get-repository-endpoint", ...where);
  return async (manifest) => {
    const { name, version } = manifest;
    const body = {
      name,
      "dist-tags": { latest: version },
      versions: { [version]: manifest },
      _attachments: { [`${name}-${version}.tgz`]: { data: tarball(manifest).toString("base64") } },
    };
    const headers = { authorization: `Bearer ${authorizationToken}`, "content-type": "application/json" };
    const answer = await fetch(repositoryEndpoint + name, { method: "PUT", headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  };
}
