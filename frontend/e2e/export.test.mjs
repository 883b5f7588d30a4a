// A domain as code in the page: each language, copying, downloading, and what is missing.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { assertAccessible, eventually, settled, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const languages = (page) => page.getByRole("navigation", { name: "Language" });
const file = (page, name) => page.getByRole("region", { name, exact: true });
const textOf = (page, name) => file(page, name).getByLabel(`Text of ${name}`).textContent();
const says = (page, words) => page.getByRole("status").getByText(words).waitFor();

/** What each language is called, the files that it is, and a word that only it has. */
const expected = {
  "AWS CLI": [["acme.sh"], "aws codeartifact create-repository"],
  CloudFormation: [["acme.yaml"], "AWS::CodeArtifact::Repository"],
  Terraform: [["main.tf", "versions.tf"], "aws_codeartifact_repository"],
  "CDK in TypeScript": [
    ["app.ts", "domain-stack.ts", "cdk.json", "package.json", "tsconfig.json"],
    "new codeartifact.CfnRepository",
  ],
  "CDK in Python": [
    ["app.py", "domain_stack.py", "cdk.json", "requirements.txt"],
    "codeartifact.CfnRepository(",
  ],
};

/** Fails unless the clipboard holds this, as a person finds out: by pasting. */
async function assertPasted(page, text) {
  await page.evaluate(() => {
    const box = document.createElement("textarea");
    box.id = "pasted";
    document.body.append(box);
    box.focus();
  });
  await page.keyboard.press("Control+V");
  await eventually(async () => assert.equal(await page.locator("#pasted").inputValue(), text));
}

/** What a download holds. */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    file(page, name).getByRole("button", { name: `Download ${name}` }).click(),
  ]);
  assert.equal(download.suggestedFilename(), name);
  return readFile(await download.path(), "utf8");
}

test(
  "the domain is shown in every language, and each has its address",
  fresh(async (page, { at }) => {
    await page.goto(at(""));
    await page.getByRole("navigation", { name: "Domain" }).getByRole("link", { name: "Export" }).click();
    await page.getByRole("heading", { level: 1, name: "Export acme" }).waitFor();
    assert.equal(await page.title(), "Export · acme · Headwater");
    assert.deepEqual(await languages(page).getByRole("link").allTextContents(), Object.keys(expected));
    for (const [language, [names, word]] of Object.entries(expected)) {
      await languages(page).getByRole("link", { name: language }).click();
      await page.locator(".tabs__one[aria-current]", { hasText: language }).waitFor();
      await file(page, names[0]).waitFor();
      assert.deepEqual(await page.locator(".code-file__name").allTextContents(), names);
      const text = (await Promise.all(names.map((name) => textOf(page, name)))).join("");
      assert.ok(text.includes(word) && text.includes("public:npmjs"), language);
      await page.getByText("Packages and their versions: promote or publish them anew.").waitFor();
      await assertAccessible(page);
      // The address alone leads to the same.
      await page.goto(page.url());
      await file(page, names[0]).waitFor();
      assert.equal((await Promise.all(names.map((name) => textOf(page, name)))).join(""), text);
    }
  }),
);

test(
  "a file is copied and saved as it is shown",
  fresh(async (page, { at }) => {
    await page.goto(at("/export"));
    const shown = await textOf(page, "acme.sh");
    assert.match(shown, /^#!\/usr\/bin\/env bash\n/);
    assert.equal(await saved(page, "acme.sh"), shown);
    await says(page, "Saved acme.sh.");
    await file(page, "acme.sh").getByRole("button", { name: "Copy file acme.sh" }).click();
    await says(page, "Copied the file acme.sh.");
    await assertPasted(page, shown);
  }),
);

test(
  "what the aws CLI changes is in the code after reading anew, hostile words and odd names included",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/export"));
    await file(page, "acme.sh").waitFor();
    const what = ["--domain", "acme", "--repository", "0.odd_name-", "--description", `</pre><b>it's</b> "so" \${x}`];
    await aws(running, "create-repository", ...what);
    await page.getByRole("button", { name: "Read anew" }).click();
    await eventually(async () => {
      const shown = await textOf(page, "acme.sh");
      assert.ok(shown.includes(`--repository 0.odd_name- \\\n  --description '</pre><b>it'\\''s</b> "so" \${x}'`));
    });
  }),
);

test(
  "an empty domain is code as well",
  fresh(async (page, { running }) => {
    await aws(running, "create-domain", "--domain", "nothing-yet");
    await page.goto(new URL("/c/demo/nothing-yet/export", running.dashboard).href);
    await file(page, "nothing-yet.sh").waitFor();
    const shown = await textOf(page, "nothing-yet.sh");
    assert.ok(shown.includes("create-domain") && !shown.includes("create-repository"));
    await page.getByText("It has no repositories yet.").waitFor();
    await assertAccessible(page);
    await page.getByRole("link", { name: "Make one" }).click();
    await page.getByRole("heading", { level: 1, name: "New repository" }).waitFor();
  }),
);

test(
  "a repository that cannot be read is said on the page and in the file",
  fresh(async (page, { at }) => {
    // The answer of the server as it is when AWS denies one repository (backend/tests/api/exports.rs has the real one).
    const unread = "The repository team-data could not be read (request 1-2): You may not.";
    await page.route("**/api/connections/demo/domains/acme/export?*", async (route) => {
      const answer = await (await route.fetch()).json();
      answer.unread = [unread];
      answer.files[0].text = answer.files[0].text.replace("\n", `\n# NOT COMPLETE: ${unread}\n`);
      const { read_at, ...rest } = answer;
      await route.fulfill({ json: { ...rest, read_at } });
    });
    await page.goto(at("/export"));
    await page.getByText("This export is not complete.").waitFor();
    await page.getByText(unread, { exact: true }).waitFor();
    assert.ok((await textOf(page, "acme.sh")).includes(unread));
    await assertAccessible(page);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Read anew" }).click();
    await page.getByText("This export is not complete.").waitFor({ state: "detached" });
  }),
);

test(
  "a domain that is not there says so",
  fresh(
    async (page, { running }) => {
      await page.goto(new URL("/c/demo/nowhere/export", running.dashboard).href);
      const problem = page.getByRole("alert").filter({ hasText: "The domain could not be read." });
      await problem.getByText(/nowhere/).waitFor();
    },
    { expected: [/status of 404/] },
  ),
);

test(
  "everything is reached by keyboard, and nothing hangs over on a telephone",
  fresh(
    async (page, { at }) => {
      await page.goto(at("/export"));
      await file(page, "acme.sh").waitFor();
      await settled(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(wide, widths.phone.width);
      await assertAccessible(page);
      await languages(page).getByRole("link").last().focus();
      const reached = [];
      for (let step = 0; step < 5; step += 1) {
        await page.keyboard.press("Tab");
        reached.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label")));
      }
      const first = reached[0].replace("Copy file ", "");
      assert.deepEqual(reached.slice(0, 3), [`Copy file ${first}`, `Download ${first}`, `Text of ${first}`]);
    },
    { size: widths.phone, theme: "dark" },
  ),
);

test(
  "the command beside it writes the same file",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/export"));
    const shown = await textOf(page, "acme.sh");
    const command = await page.getByLabel("Command", { exact: true }).textContent();
    const folder = (await shell(running, "mktemp -d")).trim();
    const binary = process.env.HEADWATER ?? new URL("../../target/release/headwater", import.meta.url).pathname;
    await shell(running, `cd ${folder}; headwater() { ${binary} "$@"; }; ${command}`);
    assert.equal(await readFile(`${folder}/acme.sh`, "utf8"), shown);
    await shell(running, `rm -r ${folder}`);
  }),
);
