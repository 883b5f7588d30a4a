// A version that is blocked from promotion: marked and refused wherever it is offered, until it is unblocked.

import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually, looksRight, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { listVersions } from "./headwater.mjs";
import { chooseInList, promote, review, row, savePlan } from "./promoting.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const button = (page, name) => page.getByRole("button", { name, exact: true });
const billing = "/package?format=npm&package=billing-sdk&repository=team-dev&version=0.9.2";
const why = "It holds a key. See the notes of 24.11.";

/** Blocks the version whose page is open, or unblocks it. */
async function change(page, summary, name, reason) {
  await page.getByText(summary, { exact: true }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill(reason);
  await button(page, name).click();
}

const block = (page, reason = why) => change(page, "Block it from promotion", "Block this version", reason);
const unblock = (page, reason) => change(page, "Unblock it", "Unblock this version", reason);

/** The remark on the page of a version. */
const notice = (page) => page.getByRole("main").getByText("Blocked from promotion", { exact: true });

test(
  "a version is blocked with a reason, refused wherever it is offered, and promoted again once it is unblocked",
  fresh(async (page, { running, at }) => {
    await page.goto(at(billing));
    await page.getByText("Block it from promotion", { exact: true }).click();
    await page.getByText("No promotion in acme copies billing-sdk 0.9.2 any more").waitFor();
    await button(page, "Block this version").click({ force: true });
    await page.getByRole("status").getByText("Give a reason first.").waitFor();
    await looksRight(page);
    await page.getByRole("textbox", { name: "Reason" }).fill(why);
    await button(page, "Block this version").press("Enter");
    await notice(page).waitFor();
    await page.getByRole("main").getByText(why, { exact: true }).first().waitFor();
    await page.getByText(/^By You, on this machine, /).waitFor();
    // The keyboard is where it can go on.
    await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.textContent), "Unblock it"));
    await button(page, "Add to the tray").click({ force: true });
    await page.getByRole("status").getByText(`Blocked from promotion by You, on this machine: ${why}`).waitFor();
    await page.getByRole("rowheader", { name: "0.9.2 blocked" }).waitFor();
    const life = page.getByRole("region", { name: "History" });
    await life.getByRole("listitem").filter({ hasText: "Version blocked" }).filter({ hasText: why }).waitFor();
    await looksRight(page);

    await page.goto(at("/protection"));
    const listed = page.getByRole("table", { name: "Blocked versions" });
    await listed.getByRole("row", { name: "billing-sdk 0.9.2" }).filter({ hasText: why }).waitFor();
    await looksRight(page);

    await page.goto(at("/repositories/team-dev"));
    const box = page.getByRole("checkbox", { name: "Choose billing-sdk 0.9.2", exact: true });
    await row(page, "billing-sdk", "blocked").waitFor();
    await box.click({ force: true });
    await page.getByRole("status").getByText("Blocked from promotion by").waitFor();
    assert.equal(await box.isChecked(), false);
    await page.goto(at("/repositories/team-dev/versions?format=npm&package=billing-sdk"));
    await row(page, "0.9.2", "blocked").waitFor();
    assert.equal(await row(page, "0.9.1", "blocked").count(), 0);
    await page.goto(at("/compare?left=team-dev&right=production"));
    await button(page, "Show the versions of billing-sdk").click();
    await row(page, "0.9.2", "blocked").waitFor();
    await page.setViewportSize(widths.phone);
    await row(page, "0.9.2").getByText("blocked", { exact: true }).waitFor();
    await page.setViewportSize(widths.desk);
    await page.getByRole("checkbox", { name: /^Choose \d+ versions? of billing-sdk$/ }).check();
    await page.getByRole("region", { name: "Chosen versions" }).getByText("0.9.1").first().waitFor();
    assert.equal(await page.getByRole("region", { name: "Chosen versions" }).getByText("0.9.2").count(), 0);
    await page.getByRole("region", { name: "Chosen versions" }).getByRole("button", { name: "Clear" }).click();

    await page.goto(at(billing));
    await notice(page).waitFor();
    await unblock(page, "The key was taken back");
    await notice(page).waitFor({ state: "detached" });
    await life.getByRole("listitem").filter({ hasText: "Version unblocked" }).waitFor();
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await promote(page, "1 version promoted");
    assert.ok((await listVersions(running, "production", "npm", "billing-sdk")).includes("0.9.2"));
  }),
);

test(
  "what is blocked after it was chosen or planned is told and not promoted",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2", "acme-billing 1.2.0"]);
    await review(page, "production");
    await row(page, "billing-sdk", "new").waitFor();
    await savePlan(page);
    const plan = page.url();
    await page.goto(at(billing));
    await block(page);
    await notice(page).waitFor();
    await page.goto(plan);
    await row(page, "billing-sdk", "It is blocked now: Blocked from promotion by You, on this machine", why).waitFor();
    await looksRight(page);
    await page.goto(at("/promote?to=production"));
    await row(page, "billing-sdk", "blocked", why).waitFor();
    await looksRight(page);
    await promote(page, "1 version promoted");
    await row(page, "acme-billing", "copied").waitFor();
    const kept = await listVersions(running, "production", "npm", "billing-sdk");
    assert.ok(!kept.includes("0.9.2"), kept.join());
  }),
);
