// The map of a domain: what it shows, what selecting does, its twin as a table, finding.

import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually } from "./browser.mjs";
import { oneDemo } from "./dashboard.mjs";

const at = oneDemo();
const card = (page, name) => page.locator(`[role=option][data-repository="${name}"]`);
const selected = (page, name) => card(page, name).and(page.locator("[aria-selected=true]"));
const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });
const middleOf = async (locator) => {
  const box = await locator.boundingBox();
  return box.x + box.width / 2;
};

test(
  "the domain's link leads to its map",
  at(
    "/",
    async (page) => {
      await page.getByRole("link", { name: "acme", exact: true }).click();
      await page.getByRole("listbox", { name: /^Map of the repositories/ }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/c/demo/acme");
      assert.match(await page.title(), /acme/);
    },
    { root: true },
  ),
);

test(
  "every repository has a card, and packages flow from left to right",
  at("", async (page) => {
    await card(page, "production").waitFor();
    const cards = await page
      .locator("[role=option][data-repository]")
      .evaluateAll((all) => all.map((one) => one.dataset.repository));
    assert.deepEqual(cards.sort(), [
      "npm-store",
      "production",
      "pypi-store",
      "shared-libs",
      "staging",
      "team-data",
      "team-dev",
    ]);
    const lanes = [
      page.getByRole("option", { name: "public:npmjs" }),
      ...["npm-store", "team-dev", "production"].map((name) => card(page, name)),
    ];
    const middles = await Promise.all(lanes.map(middleOf));
    assert.deepEqual(
      middles,
      [...middles].sort((a, b) => a - b),
    );
    for (const lane of ["Public", "Stores", "Teams", "Release"])
      await page.getByText(lane, { exact: true }).first().waitFor();
  }),
);

test(
  "a card counts its packages by format",
  at("", async (page) => {
    await card(page, "team-data")
      .filter({ hasText: /pypi 3/ })
      .waitFor();
    await card(page, "staging")
      .filter({ hasText: /npm 3 · pypi 1/ })
      .waitFor();
  }),
);

test(
  "upstreams are drawn as edges with their priority",
  at("", async (page) => {
    // Edges and their numbers are a drawing, hidden from screen readers: the table and the inspector tell the same.
    const priorities = page.locator(".priority");
    await priorities.first().waitFor();
    await eventually(async () =>
      assert.deepEqual((await priorities.allTextContents()).sort(), ["1", "1", "2", "2"]),
    );
    for (const kind of ["still", "leaking"]) {
      await eventually(async () => {
        const ways = await page
          .locator(`.edges__${kind}`)
          .evaluateAll((paths) => paths.map((path) => path.getTotalLength()));
        assert.ok(
          ways.some((length) => length > 0),
          kind,
        );
      });
    }
  }),
);

test(
  "selecting a repository numbers its search order and puts the selection into the address",
  at("", async (page) => {
    await card(page, "production").click();
    await page.waitForURL(/\?repository=production$/);
    await selected(page, "production").waitFor();
    const order = {};
    for (const name of ["production", "team-dev", "npm-store", "pypi-store"]) {
      order[name] = await card(page, name).getByTitle("Place in the search order").textContent();
    }
    assert.deepEqual(order, { production: "1", "team-dev": "2", "npm-store": "3", "pypi-store": "4" });
    assert.equal(await card(page, "staging").getByTitle("Place in the search order").count(), 0);
  }),
);

test(
  "the inspector says at each stop whether a fetched version is kept there or passes through",
  at("?repository=production", async (page) => {
    const section = inspector(page)
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Search order" }) });
    await eventually(async () => {
      const stops = await section.getByRole("listitem").allInnerTexts();
      assert.deepEqual(
        stops.map((stop) => stop.replaceAll(/\s+/g, " ").replace(/^\d /, "")),
        ["production keeps a copy", "team-dev passes through", "npm-store keeps a copy", "pypi-store keeps a copy"],
      );
    });
  }),
);

test(
  "the leak into production is red, and its way is told in words",
  at("?repository=production", async (page) => {
    await inspector(page).getByText("public:npmjs → npm-store → team-dev → production").waitFor();
    await inspector(page).getByText("Anything on public:npmjs can reach production.").waitFor();
    await inspector(page)
      .getByText(/team-dev is an upstream, so a version is installable here before anyone promotes it/)
      .waitFor();
    await card(page, "production").getByText("leak", { exact: true }).waitFor();
    const leaking = page.locator(".edges__leaking");
    const [red, green, blue] = (await leaking.evaluate((path) => getComputedStyle(path).stroke))
      .match(/[\d.]+/g)
      .map(Number);
    assert.ok(red > 2 * green && red > 2 * blue, `${red} ${green} ${blue}`);
    const length = () => leaking.evaluate((path) => path.getTotalLength());
    const door = await length();
    await inspector(page).getByRole("button", { name: "Show the path" }).click();
    await inspector(page).getByRole("button", { name: "Hide the path" }).waitFor();
    await eventually(async () => assert.ok((await length()) > 2 * door));
  }),
);

test(
  "the command that closes the leak stands beside it",
  at("?repository=production", async (page) => {
    const command = await inspector(page).getByLabel("Command", { exact: true }).first().textContent();
    assert.match(command, /^aws codeartifact update-repository[^]*--repository production[^]*--upstreams '\[\]'/);
  }),
);

test(
  "a reload keeps the selection",
  at("?repository=production", async (page) => {
    await inspector(page).getByRole("heading", { name: "production", exact: false }).first().waitFor();
    await page.reload();
    await inspector(page).getByRole("heading", { name: "production", exact: false }).first().waitFor();
    await selected(page, "production").waitFor();
  }),
);

test(
  "a repository named in the inspector is one click away",
  at("?repository=production", async (page) => {
    await inspector(page).getByRole("link", { name: "team-dev" }).first().click();
    await page.waitForURL(/\?repository=team-dev$/);
    await selected(page, "team-dev").waitFor();
    assert.equal(await card(page, "production").getAttribute("aria-selected"), "false");
    assert.equal(await card(page, "npm-store").getByTitle("Place in the search order").textContent(), "2");
  }),
);

test(
  "an external connection shows what it feeds",
  at("", async (page) => {
    await page.getByRole("option", { name: "public:npmjs" }).click();
    await page.waitForURL(/\?source=public(:|%3A)npmjs$/);
    await inspector(page)
      .getByText(/A public npm registry\./)
      .waitFor();
    const feeds = inspector(page)
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Feeds" }) });
    await eventually(async () =>
      assert.deepEqual(await feeds.getByRole("listitem").allInnerTexts(), ["npm-store"]),
    );
    // npm-store, team-dev, shared-libs, staging, production.
    await eventually(async () =>
      assert.match(await inspector(page).innerText(), /5\s*reached in all|reached in all\s*5/i),
    );
  }),
);

test(
  "a repository that is not there is said so",
  at("?repository=nowhere", async (page) => {
    await inspector(page).getByText("This domain has nothing of that name.").waitFor();
    await inspector(page).getByRole("link", { name: "Show the whole domain" }).click();
    await inspector(page).getByRole("heading", { name: "Leaks into production" }).waitFor();
  }),
);

test(
  "the table tells the same as the map",
  at("?repository=production", async (page) => {
    await page.getByRole("link", { name: "Table", exact: true }).click();
    await page.waitForURL(/view=table/);
    const table = page.getByRole("region", { name: "Repositories as a table" });
    const row = (name) => table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await eventually(async () => assert.equal(await table.getByRole("row").count(), 1 + 2 + 7));
    assert.match(await row("staging").innerText(), /shared-libs, team-dev/);
    assert.match(await row("production").innerText(), /production[^]*team-dev[^]*leak/);
    assert.equal(await table.getByRole("link", { name: "production" }).getAttribute("aria-current"), "true");
    await table.getByRole("link", { name: "staging" }).click();
    await page.waitForURL(/repository=staging&view=table/);
    await table.getByRole("button", { name: "State" }).click();
    await eventually(async () => assert.match(await table.getByRole("row").nth(1).innerText(), /leak/));
    await page.getByRole("link", { name: "Flow", exact: true }).click();
    await card(page, "staging").and(page.locator("[aria-selected=true]")).waitFor();
  }),
);

test(
  "the find box marks what it finds, and Enter goes from one to the next",
  at("", async (page) => {
    const box = page.getByRole("searchbox", { name: "Find a repository" });
    await box.fill("STORE");
    await page.getByText("2 of 9").waitFor();
    const focused = () =>
      page
        .getByRole("listbox")
        .evaluate((map) => document.getElementById(map.getAttribute("aria-activedescendant"))?.dataset.repository);
    await box.press("Enter");
    const first = await focused();
    await box.press("Enter");
    assert.deepEqual([first, await focused()].sort(), ["npm-store", "pypi-store"]);
    await box.press("Escape");
    assert.equal(await box.inputValue(), "");
  }),
);

test(
  "the find box narrows the table, and says when nothing is left",
  at("?view=table", async (page) => {
    const box = page.getByRole("searchbox", { name: "Find a repository" });
    await box.fill("team");
    await page.getByText("2 of 9").waitFor();
    await eventually(async () => assert.equal(await page.getByRole("rowheader").count(), 2));
    await box.fill("nothing-like-this");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("rowheader", { name: "production" }).waitFor();
  }),
);

test(
  "the browser's back and forward walk through the places",
  at("", async (page) => {
    await page
      .getByRole("navigation", { name: "Domain" })
      .getByRole("link", { name: /team-dev/ })
      .click();
    await page.getByRole("table", { name: "Packages" }).waitFor();
    await page.goBack();
    await card(page, "production").waitFor();
    await page.goForward();
    await page.getByRole("table", { name: "Packages" }).waitFor();
  }),
);

test(
  "the page measures how long the map took",
  at("", async (page) => {
    await card(page, "production").waitFor();
    await page.waitForFunction(() => performance.getEntriesByName("map", "measure").length === 1);
  }),
);
