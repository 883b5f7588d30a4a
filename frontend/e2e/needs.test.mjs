// What the versions of a promotion need: seen, added, left for a reason.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { archive, aws, listVersions } from "./headwater.mjs";
import { chooseTarget, promote, promoteButton, reason, row } from "./promoting.mjs";

const held = oneBrowser();

/** A demo with a repository that reaches nothing, and the plan of promoting `@acme/ui` 1.4.0 into it. */
const needing = (steps) =>
  freshDemo(held, async (page, demo) => {
    // A repository that reaches nothing.
    await aws(demo.running, "create-repository", "--domain", "acme", "--repository", "release");
    await page.goto(demo.at("/package?format=npm&namespace=acme&package=ui"));
    await page.getByRole("checkbox", { name: "Choose 1.4.0 of team-dev" }).check();
    await page
      .getByRole("region", { name: "Chosen versions" })
      .getByRole("link", { name: "Review promotion" })
      .click();
    await chooseTarget(page, "release");
    await proposed(page, "@acme/core 2.3.1").waitFor();
    await steps(page, demo);
  });

const list = (page, name) => page.getByRole("list", { name, exact: true });
const proposed = (page, name) =>
  list(page, "Proposed")
    .getByRole("listitem")
    .filter({ has: page.locator("code", { hasText: name }) });
const told = (page) => page.getByText(/^Decide about/).first();

test(
  "what is needed is proposed, and without a decision nothing is promoted",
  needing(async (page) => {
    await proposed(page, "lodash 4.17.21").getByText("by way of @acme/ui 1.4.0 → @acme/core 2.3.1").waitFor();
    await proposed(page, "@acme/icons 2.1.0").getByText("needed by @acme/ui 1.4.0 · ^2.0.0").waitFor();
    await reason(page, "Release 24.11");
    await told(page).waitFor();
    assert.equal(await promoteButton(page).getAttribute("aria-disabled"), "true");
    await promoteButton(page).click({ force: true });
    await page.getByRole("status").getByText("Decide about 3 needed packages below first").waitFor();
    await assertAccessible(page);
    await page.setViewportSize(widths.phone);
    await assertAccessible(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), widths.phone.width);
  }),
);

test(
  "adding all brings along what is needed, and the target has it",
  needing(async (page, { running }) => {
    await page.getByRole("button", { name: "Add all 3" }).click();
    await row(page, "lodash", "4.17.21", "new").waitFor();
    await list(page, "Proposed").waitFor({ state: "detached" });
    await page.getByText("3 packages satisfied already").click();
    await list(page, "Satisfied").getByText("part of this promotion").first().waitFor();
    await promote(page, "4 versions promoted");
    assert.deepEqual(await listVersions(running, "release", "npm", "core", "acme"), ["2.3.1"]);
    assert.deepEqual(await listVersions(running, "release", "npm", "lodash"), ["4.17.21"]);
  }),
);

test(
  "one is added, the others are left for a reason, all by keyboard",
  needing(async (page, { running }) => {
    await page.getByRole("button", { name: "Add @acme/icons 2.1.0" }).focus();
    await page.keyboard.press("Enter");
    await row(page, "@acme/icons", "2.1.0", "new").waitFor();
    await proposed(page, "@acme/icons").waitFor({ state: "detached" });
    await reason(page, "Release 24.11");
    await page.getByText("Decide about 2 needed packages below first", { exact: false }).first().waitFor();
    for (const name of ["@acme/core 2.3.1", "lodash 4.17.21"]) {
      await page.getByRole("textbox", { name: `Why ${name} is left` }).focus();
      await page.keyboard.type("It is bundled");
      await proposed(page, name).getByText("left", { exact: true }).waitFor();
    }
    await promote(page, "2 versions promoted");
    assert.deepEqual(await listVersions(running, "release", "npm", "icons", "acme"), ["2.1.0"]);
  }),
);

test(
  "what is missing is told with its reason, and can be left",
  needing(async (page, { running }) => {
    for (const version of ["2.1.1", "2.2.0", "2.3.0", "2.3.1"]) await archive(running, "npm", "acme", "core", version);
    await page.getByRole("button", { name: "Read anew" }).click();
    const missing = list(page, "Missing").getByRole("listitem").filter({ hasText: "@acme/core" });
    await missing.getByText(/would do, and is Archived in the source/).waitFor();
    await missing.getByRole("textbox").fill("Comes tomorrow");
    await missing.getByText("left", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Add @acme/icons 2.1.0" }).click();
    await row(page, "@acme/icons", "2.1.0", "new").waitFor();
    await promote(page, "2 versions promoted");
  }),
);
