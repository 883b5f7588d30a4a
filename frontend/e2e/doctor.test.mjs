// The doctor: what is pasted, typed or dropped is masked before anything else, and one cause is named.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { assertAccessible, eventually, settled } from "./browser.mjs";
import { freshDemo, oneBrowser, oneDemo } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const at = oneDemo();
const held = oneBrowser();
const token = `eyJ2ZXIiOjEsInBsYW50ZWQiOnRydWV9.${"PlantedSecretThatMustNotBeSent0123456789".repeat(5)}`;
const password = "Planted-Pass/word+77";
const host = (region) => `acme-111122223333.d.codeartifact.${region}.amazonaws.com`;
const npmrc = `registry=https://${host("us-east-1")}/npm/team-dev/
//${host("us-east-1")}/npm/team-dev/:_authToken=${token}
//registry.example.com/:_password=${password}
`;

const field = (page) => page.getByRole("textbox", { name: "Settings file or log" });
const report = (page) => page.getByRole("region", { name: "Diagnosis" });
const cause = (page, words) => report(page).locator(".diagnosis__title").filter({ hasText: words }).waitFor();

/** Pastes as a person does: by the clipboard. */
async function paste(page, text) {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await field(page).focus();
  await page.keyboard.press("ControlOrMeta+V");
}

/** Notes every request of the page: address, headers and body. */
function watch(page) {
  const sent = [];
  page.on("request", (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`));
  return sent;
}

/** No piece of a secret is on the page, in its address, its storage or its field. */
async function assertNowhere(page, secrets) {
  const seen = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.querySelector("#doctor-text").value,
      location.href,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      JSON.stringify(history.state),
    ].join("\n"),
  );
  for (const secret of secrets) assert.ok(!seen.includes(secret.slice(-16)), "a secret is on the page");
}

test(
  "secrets are masked as they are pasted, and nothing that is sent holds them",
  at("/doctor", async (page) => {
    await settled(page);
    const sent = watch(page);
    await paste(page, npmrc);
    await cause(page, "The address is of another region");
    await report(page).getByText("The address names us-east-1; acme is in eu-west-1.").waitFor();
    await page.getByText("Hidden: 1 token, 1 password.").waitFor();
    assert.match(await field(page).inputValue(), /:_authToken=‹hidden-token›\n/);
    await assertNowhere(page, [token, password]);
    // Typed on, and read anew: what is hidden stays hidden.
    await field(page).press("ControlOrMeta+End");
    await page.keyboard.type(`TWINE_PASSWORD=${password}`);
    await page.getByText("Hidden: 1 token, 2 passwords.").waitFor();
    await assertNowhere(page, [token, password]);
    await settled(page);
    await assertAccessible(page);
    await page.getByRole("button", { name: "Read anew" }).click();
    await settled(page);
    for (const request of sent) {
      assert.ok(!request.includes("Planted"), request.slice(0, 200));
      assert.ok(!request.includes("us-east-1"), "what was pasted was sent");
    }
  }),
);

test(
  "a file is dropped or chosen, and its name is not enough to be trusted",
  at("/doctor", async (page) => {
    await settled(page);
    const sent = watch(page);
    const log = `npm error code E401\nnpm error 401 Unauthorized - GET https://aws:${token}@${host("eu-west-1")}/npm/team-dev/ui\n`;
    const dropped = await page.evaluateHandle((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], "npm-debug.log", { type: "text/plain" }));
      return data;
    }, log);
    await page.getByRole("region", { name: "Text", exact: true }).dispatchEvent("drop", { dataTransfer: dropped });
    await cause(page, "The token has expired");
    await page.getByRole("status").getByText("Read npm-debug.log.").waitFor();
    await assertNowhere(page, [token]);
    const folder = await mkdtemp(join(tmpdir(), "doctor-"));
    try {
      const file = join(folder, "blob.bin");
      await writeFile(file, Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256)));
      await page.getByLabel("Choose a file").setInputFiles(file);
      await page.getByRole("status").getByText("Read blob.bin.").waitFor();
      await report(page).getByText("This was not understood").waitFor();
      const conf = join(folder, "pip.conf");
      await writeFile(conf, `[global]\nindex-url = https://aws:${token}@${host("eu-west-1")}/pypi/team-dev/\n`);
      await page.getByLabel("Choose a file").setInputFiles(conf);
      await cause(page, "The address of the index lacks simple/");
      await assertNowhere(page, [token]);
    } finally {
      await rm(folder, { recursive: true });
    }
    assert.ok(!sent.some((request) => request.includes("Planted")));
  }),
);

test(
  "each example has its cause, and the page is accessible with every one of them",
  at("/doctor", async (page) => {
    // Until the domain is read, a diagnosis may be drawn anew.
    await settled(page);
    const expected = {
      "A log with an expired token": "The token has expired",
      "An .npmrc of another region": "The address is of another region",
      "A pip.conf that finds nothing": "The address of the index lacks simple/",
      "A refused command": "sts:GetServiceBearerToken is not allowed",
    };
    for (const [example, words] of Object.entries(expected)) {
      await page.getByRole("button", { name: example }).click();
      await cause(page, words);
      await page.getByText("The text as it was read").first().click();
      await page.getByRole("list", { name: "The text as it was read" }).waitFor();
      await assertAccessible(page);
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByText("The diagnosis stands here").waitFor();
    }
  }),
);

test(
  "the domain is asked for the package that was not given, and for nothing else",
  at(
    "/doctor",
    async (page) => {
      await settled(page);
      const sent = watch(page);
      await page.getByRole("button", { name: "A package that is not given" }).click();
      await report(page).getByText(/No repository of the domain holds no-such-package\. npm-store would fetch it/).waitFor();
      await cause(page, "No repository that is searched has the package");
      const asked = sent.filter((request) => request.includes("/api/"));
      assert.equal(asked.length, 1);
      assert.match(asked[0], /\/package\?format=npm&package=no-such-package&? /);
      await page.getByRole("button", { name: "Clear" }).click();
      // npm-store holds it, and nothing that npm-store searches is above it.
      const log = `npm error code E404\nnpm error 404 Not Found - GET https://${host("eu-west-1")}/npm/npm-store/@acme%2fui\nnpm error 404  '@acme/ui@*' is not in this registry.\n`;
      await paste(page, log);
      await report(page).getByText(/@acme\/ui, and npm-store searches none of these/).waitFor();
    },
    { expected: [/status of 404/] },
  ),
);

test(
  "the commands beside the cause run in a shell as they stand there",
  at("/doctor", async (page, { running }) => {
    await settled(page);
    await page.getByRole("button", { name: "An .npmrc of another region" }).click();
    await cause(page, "The address is of another region");
    const told = await shell(running, await report(page).getByLabel("Command", { exact: true }).first().textContent());
    await report(page).getByText(`Write ${told.trim()}`).waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await paste(page, `error: Failed to fetch: \`https://${host("eu-west-1")}/pypi/team-dev/simple/tidewater/\`\n  Caused by: HTTP status client error (401 Unauthorized)\n`);
    await cause(page, "The token has expired");
    const command = await report(page).getByLabel("Command", { exact: true }).textContent();
    assert.match(command, /^export CODEARTIFACT_AUTH_TOKEN=/);
    assert.match(await shell(running, `${command}\nprintf %s "$CODEARTIFACT_AUTH_TOKEN"`), /^eyJ.{100}/);
  }),
);

test(
  "origin control that hides a package of an upstream is found out",
  freshDemo(held, async (page, { running, at }) => {
    const where = ["--domain", "acme", "--repository", "production", "--format", "npm", "--namespace", "acme", "--package", "ui"];
    await aws(running, "put-package-origin-configuration", ...where, "--restrictions", "publish=ALLOW,upstream=BLOCK");
    await page.goto(at("/doctor"));
    await settled(page);
    const version = "1.4.0";
    await paste(page, `npm error code ETARGET\nnpm error notarget No matching version found for @acme/ui@${version}.\nnpm http fetch GET 200 https://${host("eu-west-1")}/npm/production/@acme%2fui\n`);
    await cause(page, "Package origin control blocks it");
    await report(page).getByText(/its origin control there is upstream = BLOCK/).waitFor();
    // The command that stands there mends it, as it stands there.
    await shell(running, await report(page).getByLabel("Command", { exact: true }).textContent());
    const { package: mended } = await aws(running, "describe-package", ...where);
    assert.deepEqual(mended.originConfiguration.restrictions, { publish: "ALLOW", upstream: "ALLOW" });
  }),
);

test(
  "it is reached from the sidebar and from a repository, and works by keyboard and on a telephone",
  at(
    "/repositories/team-dev",
    async (page) => {
      await page.getByRole("link", { name: "Doctor" }).first().click();
      await page.getByRole("heading", { level: 1, name: "Doctor" }).waitFor();
      await settled(page);
      await field(page).focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await eventually(async () =>
        assert.match(await page.evaluate(() => document.activeElement.textContent), /A log with an expired token/),
      );
      await page.keyboard.press("Enter");
      await cause(page, "The token has expired");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than the window`);
      await assertAccessible(page);
    },
    { size: { width: 390, height: 844 }, theme: "dark" },
  ),
);

test(
  "the real failures of a real client get their cause in the page",
  at("/doctor", async (page, { running }) => {
    const folder = await mkdtemp(join(tmpdir(), "doctor-"));
    try {
      const { repositoryEndpoint } = await aws(running, "get-repository-endpoint", "--domain", "acme", "--repository", "team-dev", "--format", "npm");
      const { authorizationToken } = await aws(running, "get-authorization-token", "--domain", "acme");
      const fail = async (registry, secret) => {
        await writeFile(join(folder, ".npmrc"), `registry=${registry}\n//${registry.split("//")[1]}:_authToken=${secret}\n`);
        return npmInstall(folder);
      };
      await settled(page);
      const sent = watch(page);
      await paste(page, await fail(repositoryEndpoint, token));
      await cause(page, "The token has expired");
      await page.getByRole("button", { name: "Clear" }).click();
      await paste(page, await fail(repositoryEndpoint.replace("team-dev", "team-dve"), authorizationToken));
      await cause(page, "The domain has no such repository");
      await report(page).getByText("Did you mean team-dev?").waitFor();
      assert.ok(!sent.some((request) => request.includes("Planted") || request.includes(authorizationToken)));
    } finally {
      await rm(folder, { recursive: true });
    }
  }),
);

/** What npm prints when it fails to install. */
function npmInstall(folder) {
  const environment = { PATH: process.env.PATH, HOME: folder, npm_config_cache: join(folder, "cache"), npm_config_fetch_retries: "0" };
  return new Promise((resolve, reject) => {
    execFile("npm", ["install", "left-pad"], { cwd: folder, env: environment }, (error, stdout, stderr) => {
      if (error) resolve(stdout + stderr);
      else reject(new Error("npm did not fail"));
    });
  });
}
