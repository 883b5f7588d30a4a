// A telephone's width: the map is a list, the inspector a sheet, and promoting works.

import assert from "node:assert/strict";
import { test } from "node:test";

import { widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { listVersions } from "./headwater.mjs";
import { chooseInList, promote, review, row } from "./promoting.mjs";

const held = oneBrowser();
const onPhone = (steps) => freshDemo(held, steps, { size: widths.phone });

/** Nothing may be wider than the window: a page that scrolls sideways hides half of itself. */
async function fits(page) {
  const { wide, window } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  assert.ok(wide <= window, `the page is ${wide} wide in a window of ${window}`);
}

test(
  "the map is a list, and the inspector is a sheet that opens and closes",
  onPhone(async (page) => {
    await page.getByRole("link", { name: "acme", exact: true }).click();
    const table = page.getByRole("region", { name: "Repositories as a table" });
    await table.waitFor();
    assert.equal(await page.getByRole("listbox").count(), 0);
    await fits(page);
    const sheet = page.getByRole("complementary", { name: "Inspector" });
    await table.getByRole("link", { name: "production" }).click();
    await page.waitForURL(/repository=production/);
    await sheet.getByText("public:npmjs → npm-store → team-dev → production").waitFor();
    const box = await sheet.boundingBox();
    assert.ok(box.width >= 380 && box.y > 0 && box.y + box.height <= 845, JSON.stringify(box));
    await fits(page);
    await sheet.getByRole("button", { name: "Close" }).click();
    await page.waitForURL(/acme$/);
    await table.getByRole("link", { name: "staging" }).click();
    await page.waitForURL(/repository=staging/);
  }),
);

test(
  "the side navigation opens over the page",
  onPhone(async (page, { at }) => {
    await page.goto(at(""));
    const places = page.getByRole("navigation", { name: "Domain" });
    assert.equal(await places.isVisible(), false);
    await page.getByRole("button", { name: "Navigation" }).click();
    await places.getByRole("link", { name: /team-dev/ }).click();
    await page.getByRole("table", { name: "Packages" }).waitFor();
    await places.waitFor({ state: "hidden" });
    await fits(page);
  }),
);

test(
  "a version is promoted",
  onPhone(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await fits(page);
    await review(page, "production");
    await row(page, "billing-sdk", "new").waitFor();
    await fits(page);
    await promote(page, "1 version promoted");
    await fits(page);
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0", "0.9.2"]);
  }),
);

test(
  "a package page fits",
  onPhone(async (page, { at }) => {
    await page.goto(at("/package?format=npm&namespace=acme&package=ui&repository=team-dev&version=1.4.0"));
    await page.getByRole("heading", { name: "Files" }).waitFor();
    await page.getByText("package.tgz").first().waitFor();
    await fits(page);
  }),
);
