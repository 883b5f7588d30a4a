// A promotion that fails in the middle: what can be copied is copied, and the rest is said in words and kept.

import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { archive, aws, listVersions, replaceInstaller } from "./headwater.mjs";
import { chooseInList, promote, promoteButton, reason, review, row, savePlan } from "./promoting.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const offline = { expected: [/ERR_INTERNET_DISCONNECTED/, /ERR_CONNECTION_REFUSED/] };

const inProduction = async (running, ...words) => {
  const where = ["--domain", "acme", "--repository", "production"];
  const { packages } = await aws(running, "list-packages", ...where, ...words);
  return packages.map((one) => one.package);
};

test(
  "a source that changed after the preview is noticed before anything is copied",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["acme/installer 5.2.0", "billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "acme/installer", "new").waitFor();
    await replaceInstaller(running);
    await reason(page, "Release 24.11");
    await promoteButton(page).click();
    await page.getByText("Since you read this plan, 1 row changed. Nothing was promoted.").waitFor();
    assert.deepEqual(await inProduction(running, "--format", "generic"), []);
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0"]);
    // What is there now has been read: a second press takes it.
    assert.equal(await page.getByRole("textbox", { name: "Reason" }).inputValue(), "Release 24.11");
    await eventually(async () => {
      await promoteButton(page).click();
      await page.waitForURL(/\/runs\//, { timeout: 1000 });
    });
    await page.getByRole("heading", { level: 1, name: "2 versions promoted" }).waitFor();
    assert.deepEqual(await inProduction(running, "--format", "generic"), ["installer"]);
  }),
);

test(
  "a source that changed after the plan was saved is refused with its cause, and the others are copied",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["acme/installer 5.2.0", "billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "acme/installer", "new").waitFor();
    await savePlan(page);
    await replaceInstaller(running);
    await promote(page, "1 version promoted, 1 not", "Release 24.11, ticket 7");
    await row(page, "billing-sdk", "copied").waitFor();
    const refused = row(page, "acme/installer", "refused");
    await refused.getByText(/Its content in team-dev is not the one you saw any more/).waitFor();
    await refused.getByText("MISMATCHED_REVISION", { exact: true }).waitFor();
    await refused.getByRole("button", { name: "Copy request id" }).waitFor();
    await page.getByText("1 row failed. Nothing of it was changed, and nothing was overwritten.").waitFor();
    await page.getByText(/acme\/installer 5\.2\.0: Its content in team-dev/).waitFor();
    assert.deepEqual(await inProduction(running, "--format", "generic"), []);
    assert.ok((await inProduction(running, "--format", "npm")).includes("billing-sdk"));

    // Looking again shows the new content, keeps the reason, and a second try goes through.
    await page.getByRole("button", { name: "Review the 1 that failed" }).click();
    await row(page, "acme/installer", "new").waitFor();
    assert.equal(await row(page, "billing-sdk").count(), 0);
    assert.equal(await page.getByRole("textbox", { name: "Reason" }).inputValue(), "Release 24.11, ticket 7");
    await promoteButton(page).click();
    await page.getByRole("heading", { level: 1, name: "1 version promoted" }).waitFor();
    assert.deepEqual(await inProduction(running, "--format", "generic"), ["installer"]);
  }),
);

test(
  "of two versions of one package, the one that was archived meanwhile does not hold back the other",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/package?format=npm&namespace=acme&package=core"));
    for (const version of ["2.3.0", "2.3.1"])
      await page.getByRole("checkbox", { name: `Choose ${version} of team-dev` }).check();
    await review(page, "production");
    await row(page, "2.3.1", "new").waitFor();
    await savePlan(page);
    await archive(running, "npm", "acme", "core", "2.3.0");
    await promote(page, "1 version promoted, 1 not");
    await row(page, "2.3.1", "copied").waitFor();
    await row(page, "2.3.0", "refused")
      .getByText(/Version 2\.3\.0 is Archived and cannot be copied/)
      .waitFor();
    await page.getByRole("button", { name: "Review the 1 that failed" }).click();
    await row(page, "2.3.0", "blocked", "rchived").waitFor();
    assert.equal(await promoteButton(page).getAttribute("aria-disabled"), "true");
  }),
);

test(
  "when nothing can be copied the page says so",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["acme/installer 5.2.0"]);
    await review(page, "production");
    await row(page, "acme/installer", "new").waitFor();
    await savePlan(page);
    await archive(running, "generic", "acme", "installer", "5.2.0");
    await promote(page, "Nothing was promoted: 1 version failed");
    await page.getByRole("button", { name: "Review the 1 that failed" }).waitFor();
  }),
);

test(
  "a promotion whose answer never comes is not called done, and its plan tells whether it runs",
  fresh(
    async (page, { running, at }) => {
      await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
      await review(page, "production");
      await row(page, "billing-sdk", "new").waitFor();
      await reason(page, "Release 24.11");
      // The request arrives and is carried out; only its answer is lost.
      await page.route(/\/plans\/[0-9a-f]+\/runs$/, async (route) => {
        await route.fetch();
        await route.abort("connectionreset");
      });
      await promoteButton(page).click();
      await page.getByText("Whether the promotion was started is not known.", { exact: false }).waitFor();
      assert.equal(await page.getByRole("textbox", { name: "Reason" }).inputValue(), "Release 24.11");
      await page.getByRole("link", { name: "open the plan" }).click();
      await page.getByText("This plan was run.").waitFor();
      assert.equal(await promoteButton(page).getAttribute("aria-disabled"), "true");
      await page.getByRole("link", { name: "Open its run" }).click();
      await page.getByRole("heading", { level: 1, name: "1 version promoted" }).waitFor();
      assert.ok((await inProduction(running, "--format", "npm")).includes("billing-sdk"));
    },
    { expected: [/ERR_CONNECTION_RESET/] },
  ),
);

test(
  "a plan that cannot be read keeps what was typed and can be tried again",
  fresh(async (page, { at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await page.getByRole("link", { name: "Review promotion" }).click();
    await reason(page, "Release 24.11");
    const target = page.getByRole("combobox", { name: "To" }).getByRole("option", { name: "production" });
    await target.waitFor({ state: "attached" });
    await page.context().setOffline(true);
    await page.getByRole("combobox", { name: "To" }).selectOption("production");
    const problem = page.getByRole("alert").filter({ hasText: "The plan" });
    await problem.getByText(/Headwater did not answer\. Look whether it is still running/).waitFor();
    await page.context().setOffline(false);
    await problem.getByRole("button", { name: "Try again" }).click();
    await row(page, "billing-sdk", "new").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Reason" }).inputValue(), "Release 24.11");
  }, offline),
);
