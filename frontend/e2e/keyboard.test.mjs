// From the sign-in link to a promoted version without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { listVersions } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps) => freshDemo(held, steps);
const mostStops = 60;

/** What has the keyboard now: its name, and whether one can see that it has it. */
function stop(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element.labels?.[0]?.textContent;
    const name = element.getAttribute("aria-label") ?? label ?? element.textContent;
    // The map shows the keyboard on the card that it stands on.
    const shown = document.getElementById(element.getAttribute("aria-activedescendant")) ?? element;
    const look = getComputedStyle(shown);
    const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
    const box = element.getBoundingClientRect();
    const onScreen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return { name: name.replaceAll(/\s+/g, " ").trim(), marked: outlined || look.boxShadow !== "none", onScreen };
  });
}

/** Presses Tab until something of this name has the keyboard. Every stop on the way must be visible. */
async function tabTo(page, name) {
  const passed = [];
  while (passed.length < mostStops) {
    await page.keyboard.press("Tab");
    const here = await stop(page);
    assert.ok(here.marked, `one cannot see that ${here.name} has the keyboard`);
    assert.ok(here.onScreen, `${here.name} has the keyboard and is not on the screen`);
    passed.push(here.name);
    if (name.test(here.name)) return;
  }
  assert.fail(`Tab does not lead to ${name}: ${passed.join(" | ")}`);
}

/** The card that the arrow keys stand on. */
const card = (page) =>
  page
    .getByRole("listbox")
    .evaluate(
      (map) => document.getElementById(map.getAttribute("aria-activedescendant"))?.dataset.repository ?? "external",
    );
const says = (page, words) =>
  page.getByRole("status").filter({ hasText: words }).first().waitFor({ state: "attached" });

async function toTheMap(page) {
  await page.getByRole("link", { name: "acme", exact: true }).waitFor();
  await settled(page);
  await tabTo(page, /^acme$/);
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").waitFor();
  // What comes last gives the map its size.
  await settled(page);
  await tabTo(page, /^Map of the repositories/);
}

test(
  "from the link to a version promoted to production by keys alone",
  fresh(async (page, { running }) => {
    await toTheMap(page);
    await page.keyboard.press("/");
    assert.equal((await stop(page)).name, "Find a repository");
    await page.keyboard.type("team-dev");
    await says(page, "1 of 9");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+Tab");
    await tabBackTo(page, /^Map of the repositories/);
    assert.equal(await card(page), "team-dev");
    await page.keyboard.press("Space");
    await page.waitForURL(/repository=team-dev/);
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Packages" }).waitFor();
    await page.getByRole("checkbox", { name: "Choose billing-sdk 0.9.2" }).waitFor();
    await tabTo(page, /^Choose billing-sdk/);
    await page.keyboard.press("Space");
    await tabTo(page, /^Review promotion$/);
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "To" }).waitFor();
    await tabTo(page, /^To$/);
    await page.keyboard.type("production");
    await page.getByRole("columnheader", { name: "In production now" }).waitFor();
    await tabTo(page, /^Reason$/);
    await page.keyboard.type("Release 24.11");
    await tabTo(page, /^Promote 1 version$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "1 version promoted" }).waitFor();
    assert.equal((await stop(page)).name, "1 version promoted");
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0", "0.9.2"]);
  }),
);

/** As `tabTo`, backwards. */
async function tabBackTo(page, name) {
  for (let passed = 0; passed < mostStops; passed += 1) {
    if (name.test((await stop(page)).name)) return;
    await page.keyboard.press("Shift+Tab");
  }
  assert.fail(`Shift and Tab do not lead to ${name}`);
}

test(
  "arrow keys walk the edges of the map, and each card is spoken",
  fresh(async (page) => {
    await toTheMap(page);
    await page.keyboard.press("/");
    await page.keyboard.type("production");
    await tabBackTo(page, /^Map of the repositories/);
    assert.equal(await card(page), "production");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await card(page), "team-dev");
    await says(page, "team-dev, team, 2 upstreams, 2 downstreams");
    await page.keyboard.press("ArrowLeft");
    assert.match(await card(page), /-store$/);
    await says(page, /store, fed by public:/);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await card(page), "external");
    await page.keyboard.press("ArrowLeft");
    await says(page, /^Nothing feeds public:/);
    await page.keyboard.press("ArrowDown");
    await says(page, /^public:|is the last of its column/);
  }),
);

test(
  "Space selects, Space again and Esc let go, and the next Esc leaves the map",
  fresh(async (page) => {
    await toTheMap(page);
    await page.keyboard.press("Space");
    await page.waitForURL(/repository=/);
    await page.keyboard.press("Space");
    await page.waitForURL(/acme$/);
    await page.keyboard.press("Space");
    await page.waitForURL(/repository=/);
    await page.keyboard.press("Escape");
    await page.waitForURL(/acme$/);
    await page.keyboard.press("Escape");
    assert.notEqual((await stop(page)).name.slice(0, 3), "Map");
  }),
);

test(
  "the card that has the keyboard is marked on the map",
  fresh(async (page) => {
    await toTheMap(page);
    const marks = () =>
      page.getByRole("option").evaluateAll((cards) => {
        const look = (card) => `${getComputedStyle(card).outline} ${getComputedStyle(card).boxShadow}`;
        const here = document.querySelector("[role=listbox]").getAttribute("aria-activedescendant");
        return {
          here: look(cards.find((card) => card.id === here)),
          others: cards.filter((card) => card.id !== here).map(look),
        };
      });
    const { here, others } = await marks();
    assert.ok(!others.includes(here), here);
  }),
);

test(
  "keys zoom and fit the map",
  fresh(async (page) => {
    await toTheMap(page);
    const zoom = () => page.getByTitle("Show at 100 %").textContent();
    const fitted = await zoom();
    await page.keyboard.press("0");
    assert.match(await zoom(), /^100/);
    await page.keyboard.press("+");
    assert.match(await zoom(), /^125/);
    await page.keyboard.press("-");
    await page.keyboard.press("f");
    assert.equal(await zoom(), fitted);
  }),
);

test(
  "the first stop skips to the page",
  fresh(async (page) => {
    await toTheMap(page);
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("Tab");
    assert.equal((await stop(page)).name, "Skip to the page");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "main");
  }),
);
