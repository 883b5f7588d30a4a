// Protected repositories: setting their protection, and what a promotion into one needs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually, looksRight } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { listVersions } from "./headwater.mjs";
import { chooseInList, promoteButton, reason, review, row, savePlan } from "./promoting.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const approval = (page) => page.getByRole("region", { name: "Approval" });

/** Sets the protections of the domain as the page would ask for them. */
async function protect(page, ...list) {
  await page.evaluate(async (list) => {
    const bearer = Object.values(sessionStorage).find((value) => value.length > 20);
    const address = "/api/connections/demo/domains/acme/protections";
    const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
    const { protections } = await (await fetch(address, { headers })).json();
    const body = JSON.stringify({ seen: protections.revision, list });
    const answer = await fetch(address, { method: "POST", headers, body });
    // Read to its end, so that nothing is under way any more.
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
  }, list.map((one) => ({ approvers: [], sources: [], window: null, ...one })));
}

test(
  "one person alone is told that nobody can approve, and nothing is promoted",
  fresh(async (page, { running, at }) => {
    await protect(page, { pattern: "prod*", approvals: 1 });
    await page.goto(at("/repositories/production"));
    await page.getByText("Protected", { exact: true }).waitFor();
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "billing-sdk", "new").waitFor();
    await page.getByText("This repository is protected.").waitFor();
    await reason(page, "Release 24.11");
    await promoteButton(page).click({ force: true });
    await page.getByRole("status").getByText(/you are alone here/).waitFor();
    await looksRight(page);
    await savePlan(page);
    await approval(page).getByText("Nobody can approve").waitFor();
    await button(page, "Approve").click({ force: true });
    await page.getByRole("status").getByText(/Approval needs a second person/).waitFor();
    await promoteButton(page).click({ force: true });
    await page.getByRole("status").getByText(/start Headwater with `--people FILE`/).waitFor();
    await looksRight(page);
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0"]);
    await page.goto(at("/promotions"));
    await row(page, "Plan of 1 version", "Nobody can approve").waitFor();
    await looksRight(page);
    // What is not protected is promoted as before.
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "staging");
    await row(page, "billing-sdk", "new").waitFor();
    assert.equal(await page.getByText("This repository is protected.").count(), 0);
  }),
);

test(
  "a source that is not allowed and a closed window say so before anything is planned",
  fresh(async (page, { at }) => {
    const now = new Date();
    const minute = (hours) => ((now.getUTCHours() + hours) % 24) * 60;
    const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    await protect(
      page,
      { pattern: "production", approvals: 0, sources: ["staging"] },
      { pattern: "staging", approvals: 0, window: { days, from: minute(2), to: minute(3), offset: 0 } },
    );
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await reason(page, "Release 24.11");
    await page.getByText("production takes promotions only from staging, not from team-dev.").first().waitFor();
    await promoteButton(page).click({ force: true });
    await page.getByRole("status").getByText(/takes promotions only from staging/).waitFor();
    await page.getByRole("combobox", { name: "To" }).selectOption("staging");
    await page.getByText(/The change window is closed/).first().waitFor();
    await savePlan(page);
    await approval(page).getByText("Waits for its change window").waitFor();
    await approval(page).getByText(/It opens next on/).waitFor();
    assert.equal(await button(page, "Approve").count(), 0, "there is nothing to approve");
    await heading(page, "Plan: promote 1 version").waitFor();
  }),
);

test(
  "protections are added, changed and deleted, with what they match shown before",
  fresh(async (page, { at }) => {
    const status = (text) => page.getByRole("status").getByText(text).waitFor({ state: "attached" });
    const rule = (pattern) => row(page).filter({ has: page.getByRole("rowheader", { name: pattern, exact: true }) });
    await page.goto(at("/promotions"));
    await page.getByRole("main").getByRole("link", { name: "Protection" }).click();
    await page.getByText("No repository is protected").waitFor();
    await page.getByText("Approval is not available: you are alone here.").waitFor();
    await looksRight(page);

    await button(page, "Protect repositories").press("Enter");
    const pattern = page.getByRole("textbox", { name: "Repositories" });
    await eventually(async () => assert.ok(await pattern.evaluate((field) => field === document.activeElement)));
    await pattern.fill("prod/*");
    await page.getByText(/A pattern has 1 to 100 letters/).waitFor();
    await button(page, "Save the protection").click({ force: true });
    await status("Correct what is marked in red first.");
    await pattern.fill("prod*");
    const form = page.getByRole("region", { name: "Protect repositories" });
    await form.getByText("production", { exact: true }).waitFor();
    await form.getByText(/so nobody can approve/).waitFor();
    await page.getByRole("combobox", { name: "Approvals" }).selectOption("2");
    await page.getByRole("textbox", { name: "Only from" }).fill("staging team-*");
    await page.getByRole("checkbox", { name: "Promotions start at certain times only" }).check();
    await page.getByRole("checkbox", { name: "Fri" }).uncheck();
    await page.getByRole("textbox", { name: "Clock, ahead of UTC" }).fill("+01:00");
    await form.getByText("2 approvals; only from staging, team-*; Mon–Thu 09:00–17:00 UTC+01:00").waitFor();
    await looksRight(page);
    await button(page, "Save the protection").click();
    await rule("prod*").getByText("2 approvals; only from staging, team-*").waitFor();
    await status("Saved the protection of prod*.");

    // Somebody else changes them meanwhile: nothing is overwritten unseen, and what was typed stays.
    await button(page, "Edit the protection of prod*").click();
    await page.getByRole("combobox", { name: "Approvals" }).selectOption("1");
    await protect(page, { pattern: "prod*", approvals: 2 }, { pattern: "staging", approvals: 3 });
    await button(page, "Save the protection").click();
    await page.getByText("The protections could not be saved.").waitFor();
    await page.getByText("Somebody changed the protections since you began.").waitFor();
    await rule("staging").getByText("3 approvals").waitFor();
    await button(page, "I have seen it").click();
    await button(page, "Save the protection").click();
    await rule("prod*").getByText("1 approval; only from staging").waitFor();
    await rule("staging").getByText("3 approvals").waitFor();

    await button(page, "Delete the protection of prod*").click();
    await page.getByText("Plans that wait under it alone can be run at once, without approval.").waitFor();
    await looksRight(page);
    await button(page, "Keep it").click();
    await rule("prod*").waitFor();
    await button(page, "Delete the protection of prod*").click();
    await button(page, "Delete the protection").click();
    await rule("prod*").waitFor({ state: "detached" });
    await rule("staging").waitFor();
    await page.goto(at("/repositories/staging"));
    await page.getByText(/Promotions into it need: 3 approvals/).waitFor();
  }, { expected: [/409/] }),
);
