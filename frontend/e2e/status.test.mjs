// The status of a version, changed in the page, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { archive, aws, listVersions, shell } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const place = "/package?format=npm&package=billing-sdk&repository=team-dev&version=0.9.2";
const choose = (page, step) => page.getByRole("radio", { name: step, exact: true }).check();
const press = (page, step) => page.getByRole("button", { name: `${step} this version` }).click();
const says = (page, words) => page.getByRole("status").getByText(words).waitFor();
const command = (page) => page.getByLabel("Command", { exact: true }).textContent();

async function statusOf(running) {
  const what = ["--repository", "team-dev", "--format", "npm", "--package", "billing-sdk", "--package-version", "0.9.2"];
  const { packageVersion } = await aws(running, "describe-package-version", "--domain", "acme", ...what);
  return packageVersion.status;
}

test(
  "a version is unlisted and published again, and only legal steps are offered",
  fresh(async (page, { running, at }) => {
    await page.goto(at(place));
    await choose(page, "Unlist");
    assert.equal(await page.getByRole("radio", { name: "Publish", exact: true }).count(), 0);
    await assertAccessible(page);
    await press(page, "Unlist");
    await says(page, "0.9.2 is unlisted now.");
    assert.equal(await statusOf(running), "Unlisted");
    await choose(page, "Publish");
    await press(page, "Publish");
    await says(page, "0.9.2 is published now.");
    assert.equal(await statusOf(running), "Published");
  }),
);

test(
  "what is for good asks for the version, and what was deleted is gone",
  fresh(async (page, { running, at }) => {
    await page.goto(at(place));
    await choose(page, "Delete");
    await page.getByRole("button", { name: "Delete this version" }).click({ force: true });
    await says(page, "Type 0.9.2 to confirm.");
    assert.equal(await statusOf(running), "Published");
    await page.getByRole("textbox", { name: "Its version, to confirm" }).fill("0.9.2");
    // What the page is still asking about the version would not be there any more.
    await settled(page);
    await press(page, "Delete");
    await page.waitForURL(/repositories\/team-dev$/);
    await says(page, "Deleted 0.9.2.");
    assert.ok(!(await listVersions(running, "team-dev", "npm", "billing-sdk")).includes("0.9.2"));
  }),
);

test(
  "a version that somebody else changed meanwhile is left alone, and the page says why",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at(place));
      await choose(page, "Dispose");
      await page.getByRole("textbox", { name: "Its version, to confirm" }).fill("0.9.2");
      await archive(running, "npm", null, "billing-sdk", "0.9.2");
      await press(page, "Dispose");
      // A step that only an archived version offers: the page has seen what became of it.
      await page.getByRole("radio", { name: "Publish", exact: true }).waitFor();
      const why = page.getByRole("alert").filter({ hasText: "The status could not be changed." });
      await why.waitFor();
      assert.equal(await statusOf(running), "Archived");
      await settled(page);
      assert.ok(await why.isVisible(), "it stays after the version was read anew");
      await choose(page, "Unlist");
      await why.waitFor({ state: "detached" });
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "the command beside the steps does what the button does",
  fresh(async (page, { running, at }) => {
    await page.goto(at(place));
    await choose(page, "Archive");
    await shell(running, await command(page));
    assert.equal(await statusOf(running), "Archived");
    await page.getByRole("button", { name: "Read anew" }).click();
    await page.getByRole("radio", { name: "Publish", exact: true }).waitFor();
    await choose(page, "Dispose");
    await shell(running, await command(page));
    assert.equal(await statusOf(running), "Disposed");
    await page.getByRole("button", { name: "Read anew" }).click();
    await page.getByRole("radio", { name: "Publish", exact: true }).waitFor({ state: "detached" });
    await choose(page, "Delete");
    await shell(running, await command(page));
    assert.ok(!(await listVersions(running, "team-dev", "npm", "billing-sdk")).includes("0.9.2"));
  }),
);
