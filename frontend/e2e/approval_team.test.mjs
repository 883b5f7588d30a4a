// A promotion that needs a second person, with both of them in a browser of their own.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { looksRight } from "./browser.mjs";
import { onPage, oneBrowser } from "./dashboard.mjs";
import { listVersions, replaceInstaller, startDemo } from "./headwater.mjs";
import { chooseInList, promoteButton, reason, review, row } from "./promoting.mjs";

const held = oneBrowser();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const approval = (page) => page.getByRole("region", { name: "Approval" });
const status = (page, text) => page.getByRole("status").getByText(text).waitFor({ state: "attached" });

/** Who stands in the list: the token of each is their id, twice and long enough. */
const people = { promoter: "Paul Promoter", approver: "Anna Approver", admin: "Ada Admin" };
const token = (id) => `${id}-${id}-${"x".repeat(32)}`;

/** A demo with these people, in which promotions into production need one approval. */
const team = (steps) => async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "people-"));
  const file = join(folder, "people.toml");
  const hash = (text) => createHash("sha256").update(text).digest("hex");
  const entries = Object.entries(people).map(
    ([id, name]) => `[[person]]\nid = "${id}"\nname = "${name}"\nroles = ["${id}"]\ntoken_sha256 = "${hash(token(id))}"\n`,
  );
  await writeFile(file, entries.join("\n"), { mode: 0o600 });
  const running = await startDemo("--story", "acme", "--people", file);
  const at = (place) => new URL(`/c/demo/acme${place}`, running.dashboard).href;
  const enter = async (page, id) => {
    await page.goto(`${running.dashboard}#k=${encodeURIComponent(token(id))}`);
    await page.getByRole("main").waitFor();
    await page.waitForFunction(() => !location.hash.includes("k="));
  };
  try {
    await onPage(t, held.browser, {}, async (admin) => {
      await enter(admin, "admin");
      await protect(admin, at);
    });
    await onPage(t, held.browser, {}, (requester) =>
      onPage(t, held.browser, {}, async (approver) => {
        await enter(requester, "promoter");
        await enter(approver, "approver");
        await steps({ requester, approver, running, at });
      }),
    );
  } finally {
    await running.stop();
    await rm(folder, { recursive: true });
  }
};

/** The admin protects production. */
async function protect(page, at) {
  await page.goto(at("/protection"));
  await button(page, "Protect repositories").click();
  await page.getByRole("textbox", { name: "Repositories" }).fill("prod*");
  const form = page.getByRole("region", { name: "Protect repositories" });
  await form.getByText("May approve", { exact: true }).waitFor();
  await page.getByRole("checkbox", { name: "Anna Approver" }).check();
  await button(page, "Save the protection").click();
  await row(page, "prod*", "1 approval", "Anna Approver", "production").waitFor();
}

/** The requester asks for the approval of a promotion into production, and stays on its plan. */
async function askFor(page, at, packages) {
  await chooseInList(page, at("/repositories/team-dev"), packages);
  await review(page, "production");
  await page.getByText("This repository is protected.").waitFor();
  await reason(page, "Release 24.11");
  await button(page, "Ask for approval").click();
  await page.waitForURL(/\/plans\/[0-9a-f]{20}$/);
  await approval(page).getByText("Waits for 1 approval").waitFor();
}

/** The approver finds the plan in the list. */
async function find(page, at) {
  await page.goto(at("/promotions"));
  await page.getByText("1 waits for your approval.").waitFor();
  await row(page, "Waiting for you").getByRole("link", { name: "Plan of 1 version" }).click();
  await approval(page).getByText("Waits for 1 approval").waitFor();
}

test(
  "a second person approves, and whoever asked sees it and promotes",
  team(async ({ requester, approver, running, at }) => {
    await askFor(requester, at, ["billing-sdk 0.9.2"]);
    await promoteButton(requester).click({ force: true });
    await status(requester, /1 approval is missing/);
    await button(requester, "Approve").click({ force: true });
    await status(requester, "You made this plan: somebody else must approve it.");
    await looksRight(requester);

    await find(approver, at);
    await looksRight(approver);
    await button(approver, "Approve").press("Enter");
    await approval(approver).getByText("Approved", { exact: true }).waitFor();
    await status(approver, "You approved the plan.");
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0"]);

    // Without loading the page anew.
    await approval(requester).getByText("Approved", { exact: true }).waitFor();
    await approval(requester).getByText("Anna Approver").first().waitFor();
    await promoteButton(requester).click();
    await requester.getByRole("heading", { level: 1, name: "1 version promoted" }).waitFor();
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0", "0.9.2"]);
    await approver.getByText("This plan was run.").waitFor();
    await approval(approver).getByText(/approved it on/).waitFor();
  }),
);

test(
  "a rejection needs a reason, ends the plan, and is seen by whoever asked",
  team(async ({ requester, approver, at }) => {
    await askFor(requester, at, ["billing-sdk 0.9.2"]);
    await find(approver, at);
    await button(approver, "Reject…").click();
    await button(approver, "Reject for good").click({ force: true });
    await status(approver, "Give a reason first.");
    await looksRight(approver);
    await approver.getByRole("textbox", { name: "Why it is rejected" }).fill("Not before Monday");
    await button(approver, "Reject for good").click();
    await approval(approver).getByText("Rejected", { exact: true }).waitFor();
    await approval(requester).getByText("Rejected", { exact: true }).waitFor();
    await approval(requester).getByText("Anna Approver rejected it: Not before Monday.").waitFor();
    await promoteButton(requester).click({ force: true });
    await status(requester, /It cannot be run; plan again/);
  }),
);

test(
  "an approval is void once the source has changed",
  team(async ({ requester, approver, running, at }) => {
    await askFor(requester, at, ["acme/installer 5.2.0"]);
    await find(approver, at);
    await button(approver, "Approve").click();
    await approval(requester).getByText("Approved", { exact: true }).waitFor();
    await replaceInstaller(running);
    await requester.reload();
    await approval(requester).getByText("Approvals are void", { exact: true }).waitFor();
    await approval(requester).getByText("Void: source or target have changed since.").waitFor();
    await promoteButton(requester).click({ force: true });
    await status(requester, /so approvals are void: plan again/);
    await looksRight(requester);
  }),
);
