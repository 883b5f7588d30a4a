// Plans with an address, runs watched live, and undoing them; the real aws CLI is the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, eventually, looksRight } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { copies, gated } from "./gate.mjs";
import { listVersions, replaceInstaller, shell } from "./headwater.mjs";
import { npmPublisher } from "./npm_packages.mjs";
import { chooseInList, promote, promoteButton, reason, review, row, savePlan, start } from "./promoting.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
// Exact: "Stopped: 3 of 12 versions promoted" would do for "12 versions promoted" otherwise.
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Publishes npm packages that only this test knows. */
async function publish(running, names) {
  const put = await npmPublisher(running, "team-dev");
  for (const name of names) await put({ name, version: "1.0.0" });
}

const inProduction = (running, name) =>
  listVersions(running, "production", "npm", name).catch((error) => {
    assert.match(String(error), /ResourceNotFoundException/);
    return [];
  });

test(
  "a plan is saved, opened by its address, and run once",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2", "acme-billing 1.2.0"]);
    await review(page, "production");
    await row(page, "billing-sdk", "new").waitFor();
    await savePlan(page);
    const address = page.url();
    await page.getByRole("region", { name: "Chosen versions" }).getByRole("button", { name: "Clear" }).click();
    await page.goto(at(""));
    await page.goto(address);
    await heading(page, "Plan: promote 2 versions").waitFor();
    await page.getByText(/^Made by .*expires in 2[34] h/).waitFor();
    await row(page, "billing-sdk", "new", "latest 0.9.0 → 0.9.2").waitFor();
    await row(page, "acme-billing", "new").waitFor();
    assert.equal(await page.getByText("Leave out").count(), 0, "a saved plan never changes");
    await looksRight(page);
    await button(page, "Copy link").click();
    await page.getByText("Copied the link.").waitFor({ state: "attached" });
    await reason(page, "");
    await page.getByRole("textbox", { name: "Reason" }).focus();
    await page.keyboard.press("Control+V");
    assert.equal(await page.getByRole("textbox", { name: "Reason" }).inputValue(), address);
    await promote(page, "2 versions promoted");
    assert.deepEqual(await inProduction(running, "billing-sdk"), ["0.9.0", "0.9.2"]);
    await page.getByRole("link", { name: "Its plan" }).click();
    await page.getByText("This plan was run.").waitFor();
    await promoteButton(page).click({ force: true });
    await page.getByRole("status").getByText("It was run already: a plan is run once.").waitFor();
    await page.getByRole("link", { name: "Open its run" }).click();
    await heading(page, "2 versions promoted").waitFor();
  }),
);

test(
  "a plan says what has changed since it was made, row by row, and can be planned again",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["acme/installer 5.2.0", "billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "acme/installer", "new").waitFor();
    await savePlan(page);
    assert.equal(await page.getByText("changed", { exact: true }).count(), 0);
    await replaceInstaller(running);
    await page.reload();
    await page.getByText("1 row is not as when the plan was made.").waitFor();
    await row(page, "acme/installer", "changed").getByText("Its content is another one now: it would not be copied.").waitFor();
    assert.equal(await row(page, "billing-sdk", "changed").count(), 0);
    await looksRight(page);
    await button(page, "Plan again").click();
    await page.waitForURL(/\/promote\?to=production$/);
    await row(page, "acme/installer", "new").waitFor();
    await promote(page, "2 versions promoted");
  }),
);

test(
  "a run is watched live: it waits, comes along row by row, and a reload in the middle shows the same",
  gated(held, async (page, { running, gate, at }) => {
    await publish(running, ["gate-one", "gate-two"]);
    await chooseInList(page, at("/repositories/team-dev?prefix=gate"), ["gate-one 1.0.0", "gate-two 1.0.0"]);
    await review(page, "production");
    await row(page, "gate-two", "new").waitFor();
    gate.hold(copies);
    await start(page);
    await heading(page, "Promoting 2 versions").waitFor();
    await eventually(() => assert.equal(gate.held(), 2));
    await row(page, "gate-one", "under way").waitFor();
    const bar = page.getByRole("progressbar", { name: "Rows at their end" });
    assert.equal(await bar.getAttribute("aria-valuetext"), "0 of 2");
    // Once only: the calls must not be held so long that they are given up.
    await assertAccessible(page);
    await page.evaluate(() => (window.neverReloaded = true));
    gate.letOne();
    await page.locator('[role=progressbar][aria-valuetext="1 of 2"]').waitFor();
    assert.equal(await row(page, "copied").count(), 1);
    await page.getByRole("status").getByText("50 % done.").waitFor({ state: "attached" });
    assert.equal(await page.evaluate(() => window.neverReloaded), true);

    // Another page of the same run, and this one loaded anew, show the same.
    await page.reload();
    await page.locator('[role=progressbar][aria-valuetext="1 of 2"]').waitFor();
    assert.equal(await row(page, "copied").count(), 1);
    gate.open();
    await heading(page, "2 versions promoted").waitFor();
    assert.equal(await row(page, "copied").count(), 2);
    await page.getByText("production has them now.").waitFor();
    assert.deepEqual(await inProduction(running, "gate-two"), ["1.0.0"]);
  }),
);

test(
  "who leaves the page of a run finds its effect elsewhere, without a reload",
  gated(held, async (page, { gate, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "billing-sdk", "new").waitFor();
    gate.hold(copies);
    await start(page);
    await eventually(() => assert.equal(gate.held(), 1));
    await page.getByRole("link", { name: "Open production" }).click();
    await row(page, "billing-sdk", "0.9.0").waitFor();
    gate.open();
    await row(page, "billing-sdk", "0.9.2").waitFor();
  }),
);

test(
  "a run is stopped: what was sent comes to its end, the rest waits, and it goes on later",
  gated(held, async (page, { running, gate, at }) => {
    const names = Array.from({ length: 12 }, (_, number) => `gate-${String(number).padStart(2, "0")}`);
    await publish(running, names);
    await chooseInList(
      page,
      at("/repositories/team-dev?prefix=gate"),
      names.map((name) => `${name} 1.0.0`),
    );
    await review(page, "production");
    await row(page, "gate-11", "new").waitFor();
    gate.hold(copies);
    await start(page);
    await eventually(() => assert.ok(gate.held() > 0));
    await button(page, "Stop").click();
    await button(page, "Stopping…").waitFor();
    gate.open();
    await heading(page, /^Stopped: \d+ of 12 versions promoted$/).waitFor();
    await page.getByText("Stopped. What was done stays done; what waits has not been sent.").waitFor();
    const done = await row(page, "copied").count();
    const waiting = await row(page, "waits").count();
    assert.ok(waiting > 0, "some were not sent");
    assert.equal(done + waiting, 12);
    await button(page, `To go ${waiting}`).click();
    await page.waitForURL(/show=left$/);
    assert.equal(await row(page, "copied").filter({ visible: true }).count(), 0);
    await looksRight(page);
    await button(page, "All 12").click();
    await page.reload();
    await heading(page, `Stopped: ${done} of 12 versions promoted`).waitFor();
    await button(page, "Go on").click();
    await heading(page, "12 versions promoted").waitFor();
    for (const name of ["gate-00", "gate-11"]) assert.deepEqual(await inProduction(running, name), ["1.0.0"]);
  }),
);

test(
  "a stream that breaks is opened again, and nothing is missed",
  gated(
    held,
    async (page, { gate, at }) => {
      await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
      await review(page, "production");
      await row(page, "billing-sdk", "new").waitFor();
      gate.hold(copies);
      let broken = 0;
      await page.route(/\/events\?after=/, (route) => {
        broken += 1;
        return route.abort("connectionreset");
      });
      await start(page);
      await page.getByText("Reconnecting… What is shown may be old.").waitFor();
      await eventually(() => assert.equal(gate.held(), 1));
      gate.open();
      await eventually(() => assert.ok(broken > 1));
      await page.unroute(/\/events\?after=/);
      await heading(page, "1 version promoted").waitFor();
      await page.getByText(/^Reconnecting/).waitFor({ state: "detached" });
    },
    { expected: [/ERR_CONNECTION_RESET/] },
  ),
);

test(
  "a promotion is undone: what it made is deleted, the tag goes back, and the old run is struck through",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2", "acme-billing 1.2.0"]);
    await review(page, "production");
    await row(page, "billing-sdk", "latest 0.9.0 → 0.9.2").waitFor();
    await promote(page, "2 versions promoted");
    await button(page, "Undo…").click();
    await heading(page, "Undo a promotion").waitFor();
    await row(page, "billing-sdk", "archived").waitFor();
    await page.getByRole("radio", { name: "Delete the versions" }).check();
    await page.waitForURL(/undo\?how=delete$/);
    await row(page, "billing-sdk", "deleted", "Tag latest back to 0.9.0.").waitFor();
    await row(page, "acme-billing", "deleted").waitFor();
    const press = button(page, "Undo: delete 2 versions");
    await press.click({ force: true });
    await page.getByRole("status").getByText("Give a reason first.").waitFor();
    await reason(page, "It broke the checkout");
    await press.click({ force: true });
    await page.getByRole("status").getByText("Type production to confirm.").waitFor();
    await page.getByLabel("The target's name, to confirm").fill("production");
    await looksRight(page);
    assert.deepEqual(await inProduction(running, "billing-sdk"), ["0.9.0", "0.9.2"], "looking changes nothing");
    await press.click();
    await heading(page, "2 versions undone").waitFor();
    await row(page, "billing-sdk", "undone", "Tag latest back to 0.9.0.").waitFor();
    await looksRight(page);
    assert.deepEqual(await inProduction(running, "billing-sdk"), ["0.9.0"]);

    // The tag is where it was: a new plan would move it again.
    await page.getByRole("link", { name: "The run that it undoes" }).click();
    await page.getByText("This promotion was undone, or is being undone.").waitFor();
    const struck = heading(page, "2 versions promoted");
    assert.match(await struck.evaluate((title) => getComputedStyle(title).textDecorationLine), /line-through/);
    await button(page, "Undo…").click({ force: true });
    await page.getByRole("status").getByText("It was undone already.").waitFor();
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "billing-sdk", "new", "latest 0.9.0 → 0.9.2").waitFor();
  }),
);

test(
  "undoing by archiving leaves what was there before, and the commands shown do the same",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["acme-billing 1.2.0"]);
    await review(page, "production");
    await promote(page, "1 version promoted");
    await button(page, "Undo…").click();
    await row(page, "acme-billing", "archived").waitFor();
    const command = await page.getByLabel("Command", { exact: true }).textContent();
    assert.match(command, /update-package-versions-status[^]*--versions 1\.2\.0[^]*--target-status Archived/);
    await shell(running, command);
    await button(page, "Read anew").click();
    await row(page, "acme-billing", "left alone").or(row(page, "acme-billing", "archived")).waitFor();
  }),
);

test(
  "promotions are listed newest first, narrowed by repository, and an undone one is struck through",
  fresh(async (page, { at }) => {
    await page.goto(at(""));
    await page.getByRole("navigation", { name: "Domain" }).getByRole("link", { name: "Promotions" }).click();
    await page.getByText("Nothing was promoted yet").waitFor();
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await promote(page, "1 version promoted", "For production");
    await chooseInList(page, at("/repositories/team-dev"), ["acme-billing 1.2.0"]);
    await review(page, "staging");
    await promote(page, "1 version promoted", "For staging");
    await button(page, "Undo…").click();
    await reason(page, "Not yet");
    await button(page, "Undo: archive 1 version").click();
    await heading(page, "1 version undone").waitFor();
    await page.getByRole("link", { name: "All promotions" }).click();
    const list = page.getByRole("table", { name: "Promotions" });
    await row(page, "Undoing", "Not yet").waitFor();
    const rows = await list.getByRole("row").allTextContents();
    assert.match(rows[1], /Undoing.*Not yet/);
    assert.match(rows[2], /Promotion of 1 version.*For staging/);
    assert.match(rows[3], /Promotion of 1 version.*For production/);
    assert.equal(await row(page, "For staging").locator("s").count(), 1);
    assert.equal(await row(page, "For production").locator("s").count(), 0);
    await looksRight(page);
    await page.getByRole("combobox", { name: "From or into" }).selectOption("staging");
    await page.waitForURL(/promotions\?repository=staging$/);
    await row(page, "For production").waitFor({ state: "detached" });
    await row(page, "For staging").waitFor();
    await page.reload();
    await row(page, "For staging").waitFor();
    assert.equal(await row(page, "For production").count(), 0);
    await row(page, "For staging").getByRole("link", { name: "Promotion of 1 version" }).press("Enter");
    await heading(page, "1 version promoted").waitFor();
  }),
);

test(
  "a repository leads to its promotions",
  fresh(async (page, { at }) => {
    await page.goto(at("/repositories/staging"));
    await page.getByRole("main").getByRole("link", { name: "Promotions" }).click();
    await page.waitForURL(/promotions\?repository=staging$/);
    await page.getByText("No promotion here").waitFor();
    await looksRight(page);
    await page.getByRole("link", { name: "All promotions" }).click();
    await page.getByText("Nothing was promoted yet").waitFor();
  }),
);

test(
  "what is not there says so",
  fresh(
    async (page, { at }) => {
      await page.goto(at(`/plans/${"0".repeat(20)}`));
      await page.getByText("The plan could not be read.").waitFor();
      await page.goto(at(`/runs/${"0".repeat(20)}`));
      await page.getByText("The run could not be read.").waitFor();
      await looksRight(page);
    },
    { expected: [/status of 404/] },
  ),
);
