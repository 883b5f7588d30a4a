// Domains and repositories made, described anew and deleted in the page, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, enabled, eventually, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const field = (page, name) => page.getByRole("textbox", { name, exact: true });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const command = (page) => page.getByLabel("Command", { exact: true }).first().textContent();
const card = (page, name) => page.locator(`[role=option][data-repository="${name}"]`);
const says = (page, words) => page.getByRole("status").getByText(words).waitFor();

/** The tags of a domain or repository, as the aws CLI lists them. */
async function tagsOf(running, arn) {
  const { tags } = await aws(running, "list-tags-for-resource", "--resource-arn", arn);
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

test(
  "an empty account leads to its first domain and its first repository, and the aws CLI sees both",
  fresh(
    async (page, { running }) => {
      await page.getByRole("heading", { name: "No domain yet" }).waitFor();
      await assertAccessible(page);
      await page.getByRole("link", { name: "Make a domain" }).click();
      await page.getByRole("heading", { level: 1, name: "New domain" }).waitFor();
      await settled(page);
      await assertAccessible(page);
      await field(page, "Name").fill("my-company");
      await field(page, "Tags").fill("team=platform\ncost centre=a,b=c");
      await press(page, "Make the domain");
      await page.getByRole("heading", { name: "my-company has no repositories yet" }).waitFor();
      await assertAccessible(page);
      const { domain } = await aws(running, "describe-domain", "--domain", "my-company");
      assert.deepEqual(await tagsOf(running, domain.arn), { team: "platform", "cost centre": "a,b=c" });

      await page.getByRole("link", { name: "Make a repository" }).click();
      await field(page, "Name").fill("npm-store");
      await field(page, "Description").fill("npm packages from the public registry");
      await assertAccessible(page);
      await enabled(page.getByRole("button", { name: "Make the repository" }));
      await field(page, "Description").press("Enter");
      await page.waitForURL(/my-company\?repository=npm-store$/);
      await card(page, "npm-store").waitFor();
      const where = ["--domain", "my-company", "--repository", "npm-store"];
      const { repository } = await aws(running, "describe-repository", ...where);
      assert.equal(repository.description, "npm packages from the public registry");
      await page
        .getByRole("navigation", { name: "Domain" })
        .getByRole("link", { name: /npm-store/ })
        .click();
      await page.getByRole("heading", { name: "No packages yet" }).waitFor();
      await assertAccessible(page);
    },
    { story: "empty" },
  ),
);

test(
  "names are checked while they are typed, and a broken rule is said",
  fresh(async (page, { running, at }) => {
    await page.goto(new URL("/new-domain?connection=demo", running.dashboard).href);
    await field(page, "Name").fill("My company");
    await page.getByText(/A domain name has 2 to 50 lower-case letters/).waitFor();
    assert.equal(await field(page, "Name").getAttribute("aria-invalid"), "true");
    await page.getByRole("button", { name: "Make the domain" }).click({ force: true });
    await field(page, "Name").fill("ok-name");
    await field(page, "Tags").fill("=nothing");
    await page.getByText(/Line 1: A tag's key has 1 to 128 characters/).first().waitFor();
    await page.goto(at("/new-repository"));
    await field(page, "Name").fill("production");
    await page.getByText("acme has a repository of that name already.").first().waitFor();
    await assertAccessible(page);
    const { domains } = await aws(running, "list-domains");
    assert.deepEqual(domains.map(({ name }) => name), ["acme"]);
  }),
);

test(
  "every kind of bad input is said in its field, stops the form, and is gone when mended",
  fresh(async (page, { running, at }) => {
    const forms = [
      [new URL("/new-domain?connection=demo", running.dashboard).href, "Make the domain", { Name: "good-name" }],
      [at("/new-repository"), "Make the repository", { Name: "good-name" }],
    ];
    const bad = [
      {
        Name: ["a", "Big", "two words", "-dash", "ünï", "x".repeat(51)],
        "Encryption key, if not AWS's own": ["alias/my key", "k".repeat(1012)],
        Tags: ["=value", "aws:mine=1", "twice=1\ntwice=2", `${"k".repeat(129)}=v`, `k=${"v".repeat(257)}`],
      },
      {
        Name: ["a", "two words", "-dash", "ünï", "a/b", "x".repeat(101)],
        Description: ["d".repeat(1001)],
        Tags: ["=value", "aws:mine=1", "twice=1\ntwice=2"],
      },
    ];
    for (const [index, [place, action, good]] of forms.entries()) {
      await page.goto(place);
      const send = page.getByRole("button", { name: action, exact: true });
      for (const [name, text] of Object.entries(good)) await field(page, name).fill(text);
      await eventually(async () => assert.equal(await send.getAttribute("aria-disabled"), null));
      for (const [name, texts] of Object.entries(bad[index])) {
        for (const text of texts) {
          await field(page, name).fill(text);
          await eventually(async () => {
            assert.equal(await field(page, name).getAttribute("aria-invalid"), "true", `${name}: ${text}`);
            assert.equal(await send.getAttribute("aria-disabled"), "true", `${name}: ${text}`);
          });
          assert.equal(await page.getByLabel("Command", { exact: true }).count(), 0, `${name}: ${text}`);
          await send.click({ force: true });
        }
        await field(page, name).fill(good[name] ?? "");
        await eventually(async () => assert.equal(await send.getAttribute("aria-disabled"), null, name));
      }
    }
    assert.deepEqual((await aws(running, "list-domains")).domains.map(({ name }) => name), ["acme"]);
    const { repositories } = await aws(running, "list-repositories-in-domain", "--domain", "acme");
    assert.equal(repositories.length, 7);
  }),
);

test(
  "a domain that exists is refused in AWS's words, and what was typed stays",
  fresh(
    async (page, { running }) => {
      await page.goto(new URL("/new-domain?connection=demo", running.dashboard).href);
      await field(page, "Name").fill("acme");
      await press(page, "Make the domain");
      const problem = page.getByRole("alert").filter({ hasText: "The domain could not be made." });
      await problem.getByText(/acme/).waitFor();
      await problem.getByText(/^Request/).waitFor();
      assert.equal(await field(page, "Name").inputValue(), "acme");
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "a description is saved, and the repository keeps its upstreams",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/production"));
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByText("Nothing is changed yet.").first().waitFor();
    await field(page, "Description").fill("Installed by everything that runs");
    await press(page, "Save the description");
    await says(page, "Saved the description.");
    await page.getByText("Nothing is changed yet.").first().waitFor();
    const { repository } = await aws(running, "describe-repository", "--domain", "acme", "--repository", "production");
    assert.equal(repository.description, "Installed by everything that runs");
    assert.deepEqual(repository.upstreams, [{ repositoryName: "team-dev" }]);
  }),
);

test(
  "a repository is deleted only when its name is typed, and what will be lost is said",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/team-dev/settings"));
    await page.getByText("16 packages with all their versions and files.").waitFor();
    await page.getByText(/It is an upstream of production, staging/).waitFor();
    await assertAccessible(page);
    const confirm = page.getByRole("region", { name: "Delete this repository" });
    await confirm.getByRole("button", { name: "Delete for good" }).click({ force: true });
    await says(page, "Type team-dev to confirm.");
    await aws(running, "describe-repository", "--domain", "acme", "--repository", "team-dev");
    await field(page, "Its name, to confirm").fill("team-dev");
    // What the page is still asking about the repository would not be there any more.
    await settled(page);
    await confirm.getByRole("button", { name: "Delete for good" }).click();
    await page.waitForURL(/acme$/);
    await card(page, "production").waitFor();
    await card(page, "team-dev").waitFor({ state: "detached" });
    const where = ["--domain", "acme", "--repository", "team-dev"];
    await assert.rejects(aws(running, "describe-repository", ...where), /ResourceNotFoundException/);
  }),
);

test(
  "a domain says that its repositories stand in the way, and is deleted when it has none",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/settings"));
    await page.getByText("It still has 7 repositories. Delete them first.").first().waitFor();
    await assertAccessible(page);
    await aws(running, "create-domain", "--domain", "to-go");
    await page.goto(new URL("/c/demo/to-go/settings", running.dashboard).href);
    await field(page, "Its name, to confirm").fill("to-go");
    await settled(page);
    await press(page, "Delete for good");
    await page.getByRole("heading", { level: 1, name: "Domains" }).waitFor();
    await page.getByRole("link", { name: "to-go" }).waitFor({ state: "detached" });
    const { domains } = await aws(running, "list-domains");
    assert.deepEqual(domains.map(({ name }) => name), ["acme"]);
  }),
);

test(
  "each command beside a form does what its button does",
  fresh(async (page, { running, at }) => {
    await page.goto(new URL("/new-domain?connection=demo", running.dashboard).href);
    await field(page, "Name").fill("by-command");
    await field(page, "Tags").fill("note=it's, here\nempty");
    await shell(running, await command(page));
    const { domain } = await aws(running, "describe-domain", "--domain", "by-command");
    assert.deepEqual(await tagsOf(running, domain.arn), { note: "it's, here", empty: "" });

    await page.goto(new URL("/c/demo/by-command/new-repository", running.dashboard).href);
    await field(page, "Name").fill("tools");
    await field(page, "Description").fill("Tools; 'ours' & $HOME");
    await shell(running, await command(page));
    const where = ["--domain", "by-command", "--repository", "tools"];
    const describe = async () => (await aws(running, "describe-repository", ...where)).repository.description;
    assert.equal(await describe(), "Tools; 'ours' & $HOME");

    await page.goto(new URL("/c/demo/by-command/repositories/tools/settings", running.dashboard).href);
    await page.getByRole("button", { name: "Read anew" }).click();
    await field(page, "Description").fill("Anew");
    await shell(running, await command(page));
    assert.equal(await describe(), "Anew");
    const deletion = page.getByRole("region", { name: "Delete this repository" });
    await shell(running, await deletion.getByLabel("Command", { exact: true }).textContent());
    await assert.rejects(describe(), /ResourceNotFoundException/);

    await page.goto(new URL("/c/demo/by-command/settings", running.dashboard).href);
    await shell(running, await command(page));
    const { domains } = await aws(running, "list-domains");
    assert.deepEqual(domains.map(({ name }) => name), ["acme"]);
    await page.goto(at(""));
  }),
);

/** The upstreams of a repository of acme, as the aws CLI tells them. */
async function upstreamsOf(running, name) {
  const { repository } = await aws(running, "describe-repository", "--domain", "acme", "--repository", name);
  return repository.upstreams.map(({ repositoryName }) => repositoryName);
}

/** The form of this heading on a page with several. */
const form = (page, heading) =>
  page.locator("form").filter({ has: page.getByRole("heading", { level: 2, name: heading }) });

test(
  "upstreams are added, ordered and removed, with what would change shown before",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/team-dev/settings"));
    const upstreams = form(page, "Upstreams");
    await upstreams.getByText("Nothing is changed yet.").first().waitFor();
    await upstreams.getByRole("combobox", { name: "Add an upstream" }).selectOption("shared-libs");
    const change = upstreams.getByRole("region", { name: "What would change" });
    await change.getByText("team-dev, npm-store, pypi-store, shared-libs").waitFor();
    await upstreams.getByRole("button", { name: "Move shared-libs up" }).press("Enter");
    await says(page, "shared-libs moved up, now number 2.");
    await upstreams.getByRole("button", { name: "Remove pypi-store" }).click();
    await change.getByText("Lost").waitFor();
    await assertAccessible(page);
    await upstreams.getByRole("button", { name: "Save the upstreams" }).click();
    await says(page, "Saved the upstreams.");
    assert.deepEqual(await upstreamsOf(running, "team-dev"), ["npm-store", "shared-libs"]);
    await page.goto(at("/repositories/production/settings"));
    await form(page, "Upstreams").getByRole("button", { name: "Remove team-dev" }).click();
    await shell(running, await form(page, "Upstreams").getByLabel("Command", { exact: true }).textContent());
    assert.deepEqual(await upstreamsOf(running, "production"), []);
  }),
);

test(
  "a new leak is shown in red before it is made, and a circle is refused",
  fresh(async (page, { running, at }) => {
    await aws(running, "update-repository", "--domain", "acme", "--repository", "production", "--upstreams", "[]");
    await page.goto(at("/repositories/production/settings"));
    const add = (name) => page.getByRole("combobox", { name: "Add an upstream" }).selectOption(name);
    await add("npm-store");
    await page.getByText("Anything on public:npmjs can reach production.").waitFor();
    await page.goto(at("/repositories/shared-libs/settings"));
    await add("staging");
    await page.getByText("staging already takes from shared-libs: packages would go round in a circle.").first().waitFor();
    await page.getByRole("button", { name: "Save the upstreams" }).click({ force: true });
    assert.deepEqual(await upstreamsOf(running, "shared-libs"), ["npm-store"]);
  }),
);

test(
  "when somebody else changed the list meanwhile, nothing is lost and both lists are shown",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at("/repositories/production/settings"));
      const upstreams = form(page, "Upstreams");
      await upstreams.getByRole("combobox", { name: "Add an upstream" }).selectOption("shared-libs");
      const other = ["--domain", "acme", "--repository", "production", "--upstreams", "repositoryName=staging"];
      await aws(running, "update-repository", ...other);
      await upstreams.getByRole("button", { name: "Save the upstreams" }).click();
      await upstreams.getByText("They are now: staging.").waitFor();
      await upstreams.getByText("Somebody changed the upstreams since you began.").waitFor();
      await upstreams.getByText("team-dev, shared-libs", { exact: true }).waitFor();
      assert.deepEqual(await upstreamsOf(running, "production"), ["staging"]);
      await assertAccessible(page);
      await upstreams.getByRole("button", { name: "Keep mine" }).click();
      await upstreams.getByRole("button", { name: "Save the upstreams" }).click();
      await says(page, "Saved the upstreams.");
      assert.deepEqual(await upstreamsOf(running, "production"), ["team-dev", "shared-libs"]);
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "an external connection is taken away and made, and the rule about upstreams is said before",
  fresh(async (page, { running, at }) => {
    const connections = async (name) => {
      const { repository } = await aws(running, "describe-repository", "--domain", "acme", "--repository", name);
      return repository.externalConnections.map(({ externalConnectionName }) => externalConnectionName);
    };
    await page.goto(at("/repositories/team-dev/settings"));
    await page.getByText(/It has upstreams\. Remove them first/).first().waitFor();
    await page.goto(at("/repositories/npm-store/settings"));
    await page.getByRole("button", { name: "Take public:npmjs away" }).click();
    await says(page, "Took away public:npmjs.");
    assert.deepEqual(await connections("npm-store"), []);
    await page.getByRole("combobox", { name: "Public registry" }).selectOption("public:crates-io");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await says(page, "Connected to public:crates-io.");
    // Until the page has read it anew, the command still makes the connection.
    await page.getByRole("button", { name: "Take public:crates-io away" }).waitFor();
    assert.deepEqual(await connections("npm-store"), ["public:crates-io"]);
    await shell(running, await form(page, /^External connection/).getByLabel("Command", { exact: true }).textContent());
    assert.deepEqual(await connections("npm-store"), []);
  }),
);
