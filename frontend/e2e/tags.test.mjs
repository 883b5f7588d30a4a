// Tags of a domain and a repository that are there already, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, enabled, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell, startDemo } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const form = (page) => page.locator("form").filter({ has: page.getByRole("heading", { level: 2, name: "Tags", exact: true }) });
const says = (page, words) => page.getByRole("status").getByText(words).waitFor();
const arn = (running, of) => `arn:aws:codeartifact:${running.region}:${running.account}:${of}`;
const repository = "repository/acme/team-dev";

/** The tags as the aws CLI lists them. */
async function tagsOf(running, of) {
  const { tags } = await aws(running, "list-tags-for-resource", "--resource-arn", arn(running, of));
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** Sets tags, as somebody else might at any moment. */
const tag = (running, of, ...tags) =>
  aws(running, "tag-resource", "--resource-arn", arn(running, of), "--tags", ...tags.map(([key, value]) => `key=${key},value=${value}`));

/** Makes a domain without tags, and opens its settings. */
async function openBare(page, running) {
  await aws(running, "create-domain", "--domain", "bare");
  await page.goto(new URL("/c/demo/bare/settings", running.dashboard).href);
}

/** Adds a tag in the form. */
async function add(page, key, value) {
  const another = form(page).getByRole("button", { name: "Add a tag" });
  await enabled(another);
  await another.press("Enter");
  // The new key has the focus: it can be typed at once.
  await page.waitForFunction(() => document.activeElement.id.startsWith("tag-key-") && document.activeElement.value === "");
  await page.keyboard.type(key);
  await form(page).getByRole("textbox", { name: `Value of ${key}`, exact: true }).fill(value);
}

test(
  "tags of a repository are added, changed and removed, and the aws CLI sees it",
  fresh(async (page, { running, at }) => {
    await tag(running, repository, ["stage", "test"], ["old", "1"]);
    await page.goto(at("/repositories/team-dev/settings"));
    await form(page).getByRole("textbox", { name: "Value of stage" }).fill("prod");
    await form(page).getByRole("button", { name: "Remove old" }).click();
    await add(page, "cost=centre", "it's, a=b");
    const change = form(page).getByRole("region", { name: "What would change" });
    for (const line of ["stage changes from “test” to “prod”", "cost=centre is added, with the value “it's, a=b”", "old is removed"])
      await change.getByText(line).waitFor();
    await settled(page);
    await assertAccessible(page);
    const command = await form(page).getByLabel("Command", { exact: true }).textContent();
    await form(page).getByRole("button", { name: "Save the tags" }).click();
    await says(page, "Saved the tags.");
    const expected = { stage: "prod", "cost=centre": "it's, a=b" };
    assert.deepEqual(await tagsOf(running, repository), expected);
    await form(page).getByText("Nothing is changed yet.").first().waitFor();
    // The command does on a fresh server what the button did here.
    const other = await startDemo();
    try {
      await tag(other, repository, ["stage", "test"], ["old", "1"]);
      await shell(other, command.replaceAll(running.codeartifact, other.codeartifact));
      assert.deepEqual(await tagsOf(other, repository), expected);
    } finally {
      await other.stop();
    }
  }),
);

test(
  "tags of a domain keep their rules as they are typed",
  fresh(async (page, { running }) => {
    await openBare(page, running);
    await form(page).getByText("None yet.").waitFor();
    await add(page, "AWS:owner", "me");
    await form(page).getByText(/does not begin with aws:/).waitFor();
    await form(page).getByText("Correct what is marked in red first.").first().waitFor();
    await form(page).getByRole("button", { name: "Save the tags" }).click({ force: true });
    await form(page).getByRole("textbox", { name: "Key" }).fill("k".repeat(129));
    await form(page).getByText(/A tag's key has 1 to 128 characters/).waitFor();
    await form(page).getByRole("textbox", { name: "Key" }).fill("team");
    await form(page).getByRole("textbox", { name: "Value of team" }).fill("v".repeat(257));
    await form(page).getByText(/A tag's value has at most 256 characters/).waitFor();
    await form(page).getByRole("textbox", { name: "Value of team" }).fill("");
    await add(page, "team2", "");
    await form(page).getByRole("textbox", { name: "Key" }).nth(1).fill("team");
    await form(page).getByText("The key team stands there twice.").first().waitFor();
    await assertAccessible(page);
    assert.deepEqual(await tagsOf(running, "domain/bare"), {});
    await form(page).getByRole("button", { name: "Remove team" }).nth(1).click();
    await form(page).getByRole("textbox", { name: "Value of team" }).press("Enter");
    await says(page, "Saved the tags.");
    assert.deepEqual(await tagsOf(running, "domain/bare"), { team: "" });
  }),
);

test(
  "when somebody else changed the tags meanwhile, nothing is lost and both lists are shown",
  fresh(
    async (page, { running }) => {
      await openBare(page, running);
      await add(page, "mine", "1");
      await tag(running, "domain/bare", ["theirs", "2"]);
      await form(page).getByRole("button", { name: "Save the tags" }).click();
      await form(page).getByText("They are now: theirs=2.").waitFor();
      await form(page).getByText("Somebody changed the tags since you began.").waitFor();
      assert.deepEqual(await tagsOf(running, "domain/bare"), { theirs: "2" });
      await assertAccessible(page);
      await form(page).getByRole("button", { name: "Keep mine" }).click();
      await form(page).getByText("theirs is removed").waitFor();
      await form(page).getByRole("button", { name: "Save the tags" }).click();
      await says(page, "Saved the tags.");
      assert.deepEqual(await tagsOf(running, "domain/bare"), { mine: "1" });
    },
    { expected: [/status of 409/] },
  ),
);
