// The record of changes as people read it: found, narrowed, saved as a file, checked.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { eventually, looksRight } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { chooseInList, promote, reason, review } from "./promoting.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const item = (page, ...words) =>
  words.reduce((items, word) => items.filter({ hasText: word }), page.getByRole("main").getByRole("listitem"));

/** Promotes one version to staging and undoes that. */
async function promoteAndUndo(page, at) {
  await chooseInList(page, at("/repositories/team-dev"), ["acme-billing 1.2.0"]);
  await review(page, "staging");
  await promote(page, "1 version promoted", "=For the demo");
  await button(page, "Undo…").click();
  await reason(page, "Not yet");
  await button(page, "Undo: archive 1 version").click();
  await heading(page, "1 version undone").waitFor();
}

test(
  "what was promoted and undone stands in the history with who, why and the call, and is found from everywhere",
  fresh(async (page, { at }) => {
    await page.goto(at(""));
    await page.getByRole("navigation", { name: "Domain" }).getByRole("link", { name: "History" }).click();
    await page.getByText("Nothing was changed yet").waitFor();
    await looksRight(page);
    await promoteAndUndo(page, at);
    await page.getByRole("link", { name: "In the history" }).click();
    await page.waitForURL(/history\?run=[0-9a-f]{20}$/);
    await item(page, "Undone", "acme-billing 1.2.0", "Not yet").waitFor();
    assert.equal(await item(page, "Promoted").count(), 0);
    await page.getByRole("link", { name: /^Not only run/ }).click();
    const promoted = item(page, "Promoted", "=For the demo");
    await promoted.waitFor();
    await promoted.getByText("You, on this machine").waitFor();
    await promoted.getByText("AWS request").waitFor();
    assert.match(await promoted.locator("s").textContent(), /Promoted acme-billing 1\.2\.0 from team-dev to staging/);
    assert.equal(await item(page, "Undone acme-billing", "Not yet").locator("s").count(), 0);
    await looksRight(page);
    await promoted.getByRole("link", { name: "this run" }).click();
    await heading(page, "1 version undone").waitFor();
    await page.goBack();
    await promoted.getByRole("link", { name: "Plan" }).click();
    await heading(page, "Plan: promote 1 version").waitFor();
    await page.getByRole("link", { name: "In the history" }).click();
    await page.waitForURL(/history\?plan=/);
    await promoted.waitFor();
    await promoted.getByRole("link", { name: "acme-billing 1.2.0" }).click();
    await heading(page, "acme-billing").waitFor();
    const life = page.getByRole("region", { name: "History" });
    await life.getByRole("listitem").filter({ hasText: "Promoted" }).waitFor();
    await life.getByRole("listitem").filter({ hasText: "Told by AWS" }).getByText("Published in team-dev").waitFor();
    await looksRight(page);
    await life.getByRole("link", { name: "Open in the history" }).press("Enter");
    await page.waitForURL(/history\?format=pypi&package=acme-billing&version=1\.2\.0$/);
    await promoted.waitFor();
  }),
);

test(
  "the history is narrowed by what the address says",
  fresh(async (page, { at }) => {
    await promoteAndUndo(page, at);
    await page.goto(at("/repositories/staging"));
    await page.getByRole("main").getByRole("link", { name: "History" }).click();
    await page.waitForURL(/history\?repository=staging$/);
    await item(page, "Undone acme-billing", "Not yet").waitFor();
    await page.getByRole("combobox", { name: "What" }).selectOption("Undone");
    await page.waitForURL(/action=UndoPromotion/);
    await item(page, "Promoted").waitFor({ state: "detached" });
    await page.reload();
    await item(page, "Undone acme-billing", "Not yet").waitFor();
    assert.equal(await item(page, "Promoted").count(), 0);
    const who = page.getByRole("searchbox", { name: "Who" });
    await who.fill("nobody");
    await who.press("Enter");
    await page.getByText("No change fits").waitFor();
    assert.match(page.url(), /person=nobody/);
    await page.getByRole("link", { name: "Whole history" }).click();
    await item(page, "Promoted").waitFor();
    const packages = page.getByRole("searchbox", { name: "Package" });
    await packages.fill("@acme/ui");
    await packages.press("Enter");
    await page.waitForURL(/format=npm&namespace=acme&package=ui$/);
    await page.getByText("No change fits").waitFor();
    await packages.fill("acme-billing");
    await packages.press("Enter");
    await item(page, "Promoted").waitFor();
    await page.getByLabel("From (UTC)").fill("2100-01-01");
    await page.getByText("No change fits").waitFor();
  }),
);

test(
  "the history is saved as a file that spreadsheets do not run, and its chain is checked",
  fresh(async (page, { at }) => {
    await promoteAndUndo(page, at);
    await page.goto(at("/history"));
    await item(page, "Promoted").waitFor();
    const [csv] = await Promise.all([page.waitForEvent("download"), button(page, "Download as CSV").click()]);
    assert.equal(csv.suggestedFilename(), "history-acme.csv");
    const text = await readFile(await csv.path(), "utf8");
    assert.match(text, /^seq,at,person,/);
    assert.match(text, /,"'=For the demo",/);
    const [lines] = await Promise.all([page.waitForEvent("download"), button(page, "Download as JSON lines").click()]);
    const rows = (await readFile(await lines.path(), "utf8")).trim().split("\n").map(JSON.parse);
    assert.deepEqual(
      rows.map(({ action, reason }) => [action, reason]),
      [
        ["CreatePlan", "=For the demo"],
        ["CreateRun", "=For the demo"],
        ["CreatePromotion", "=For the demo"],
        ["CreateUndo", "Not yet"],
        ["UndoPromotion", "Not yet"],
      ],
    );
    await button(page, "Check the chain now").click();
    await page.getByText("All 5 rows are what was written.").waitFor();
    const command = await page.getByLabel("Command", { exact: true }).textContent();
    assert.match(command, /headwater audit verify --head 5:[0-9a-f]{64}/);
    await looksRight(page);
  }),
);

test(
  "more rows than a page has are read page by page, and a failure says so and can be tried again",
  fresh(
    async (page, { at }) => {
      // 120 changes of one description, as the page would ask for them.
      await page.evaluate(async () => {
        const bearer = Object.values(sessionStorage).find((value) => value.length > 20);
        const address = "/api/connections/demo/domains/acme/repositories/team-data";
        for (let number = 1; number <= 120; number += 1) {
          const answer = await fetch(address, {
            method: "POST",
            headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
            body: JSON.stringify({ description: `Number ${number}` }),
          });
          if (!answer.ok) throw new Error(await answer.text());
        }
      });
      await page.route("**/history?*", (route) => route.fulfill({ status: 503, body: "{}" }));
      await page.route("**/history", (route) => route.fulfill({ status: 503, body: "{}" }));
      await page.goto(at("/"));
      await page.getByRole("navigation", { name: "Domain" }).getByRole("link", { name: "History" }).click();
      await page.getByText("The history could not be read.").waitFor();
      await page.unrouteAll();
      await button(page, "Try again").click();
      await eventually(async () => assert.equal(await item(page, "Repository described anew").count(), 100));
      await page.getByRole("link", { name: "Older" }).click();
      await page.waitForURL(/before=21$/);
      await eventually(async () => assert.equal(await item(page, "Repository described anew").count(), 20));
      await page.getByRole("link", { name: "Newest" }).click();
      await eventually(async () => assert.equal(await item(page, "Repository described anew").count(), 100));
    },
    { expected: [/503/] },
  ),
);
