// A repository with thousands of packages: only the rows in view stand in the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws } from "./headwater.mjs";

const held = oneBrowser();
const packages = 2_100;
const atOnce = 16;

/** The smallest tarball that npm would publish: one file of less than a block. */
function tarball(name, version) {
  const content = Buffer.from(JSON.stringify({ name, version }));
  const octal = (number, width) => number.toString(8).padStart(width - 1, "0") + "\0";
  const header = Buffer.alloc(512);
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
  return gzipSync(Buffer.concat([header, content, Buffer.alloc(512 - content.length + 1024)]));
}

/** Publishes package-0000, package-0001 and so on as npm does. */
async function publishMany(running, repository) {
  await aws(running, "create-repository", "--domain", "acme", "--repository", repository);
  const { authorizationToken } = await aws(running, "get-authorization-token", "--domain", "acme");
  const { repositoryEndpoint } = await aws(
    running,
    "get-repository-endpoint",
    "--domain",
    "acme",
    "--repository",
    repository,
    "--format",
    "npm",
  );
  const publish = async (name) => {
    const body = {
      name,
      "dist-tags": { latest: "1.0.0" },
      versions: { "1.0.0": { name, version: "1.0.0" } },
      _attachments: { [`${name}-1.0.0.tgz`]: { data: tarball(name, "1.0.0").toString("base64") } },
    };
    const headers = { authorization: `Bearer ${authorizationToken}`, "content-type": "application/json" };
    const answer = await fetch(repositoryEndpoint + name, { method: "PUT", headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  };
  const names = Array.from({ length: packages }, (_, number) => `package-${String(number).padStart(4, "0")}`).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const name of names) await publish(name);
    }),
  );
}

test(
  "2,100 packages are read page by page, filtered by prefix, and never all drawn",
  freshDemo(held, async (page, { running, at }) => {
    await publishMany(running, "crowd");
    await page.goto(at("/repositories/crowd"));
    await page.getByRole("link", { name: "package-0000" }).waitFor();
    const list = page.getByRole("table", { name: "Packages" }).getByRole("rowgroup").nth(1);
    const drawn = () => list.getByRole("row").count();
    assert.ok((await drawn()) < 60, `${await drawn()} rows are drawn`);
    const last = page.getByRole("link", { name: "package-2099" });
    for (let leaps = 0; leaps < 10 && !(await last.isVisible()); leaps += 1) {
      const height = await list.evaluate((one) => one.scrollHeight);
      await list.evaluate((one) => one.scrollTo(0, one.scrollHeight));
      await page.waitForFunction(
        ([one, before]) => one.scrollHeight > before || one.innerText.includes("package-2099"),
        [await list.elementHandle(), height],
      );
    }
    await last.waitFor();
    await page.getByText("2,100 packages").waitFor();
    assert.ok((await drawn()) < 60, `${await drawn()} rows are drawn`);
    await page.getByRole("checkbox", { name: "Choose package-2099 1.0.0" }).check();
    await page.getByRole("searchbox", { name: "Name starts with" }).fill("package-20");
    await page.getByText("100 packages").waitFor();
    await page.waitForURL(/prefix=package-20/);
    await page.getByRole("link", { name: "package-2000" }).waitFor();
    await page.getByRole("region", { name: "Chosen versions" }).getByText("package-2099 1.0.0").waitFor();
  }),
);
