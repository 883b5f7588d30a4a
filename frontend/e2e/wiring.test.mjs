// Upstreams changed by dragging on the map: a repository onto another, an edge off. Nothing changes before it is saved.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, drawn, enabled, eventually, finish, open, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const card = (page, name) => page.locator(`[role=option][data-repository="${name}"]`);
const panel = (page) => page.getByRole("complementary", { name: "Proposed upstreams" });
const listed = (page) => panel(page).getByRole("list", { name: "Upstreams" }).getByRole("listitem").locator(".name").allTextContents();
const save = (page) => panel(page).getByRole("button", { name: "Save the upstreams" });

/** The upstreams of a repository, as the aws CLI tells them. */
async function upstreams(running, repository) {
  const answer = await aws(running, "describe-repository", "--domain", "acme", "--repository", repository);
  return answer.repository.upstreams.map((one) => one.repositoryName);
}

async function middle(locator) {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses at one point and moves to another, without letting go. */
async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

async function openMap(page, at, query = "") {
  await page.goto(at(query));
  await card(page, "shared-libs").waitFor();
  await settled(page);
}

/** A point on the edge between two cards that the map takes for it. */
async function onEdge(page, from, to) {
  const [a, b] = await Promise.all([card(page, from).boundingBox(), card(page, to).boundingBox()]);
  const start = { x: a.x + a.width, y: a.y + a.height / 2 };
  const end = { x: b.x, y: b.y + b.height / 2 };
  for (const t of [0.5, 0.45, 0.55, 0.4, 0.6]) {
    // Edges are level at both ends: the curve that the map draws.
    const bend = (start.x + end.x) / 2;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    const point = { x: p * start.x + (q + r) * bend + s * end.x, y: (p + q) * start.y + (r + s) * end.y };
    await page.mouse.move(point.x, point.y);
    await drawn(page);
    if ((await page.locator(".map__window--taking").count()) > 0) return point;
  }
  throw new Error(`no point of the edge from ${from} to ${to} can be taken`);
}

test(
  "a repository dropped on another is proposed as its upstream, and saved only by the button",
  fresh(async (page, { running, at }) => {
    await openMap(page, at);
    const before = await upstreams(running, "production");
    await drag(page, await middle(card(page, "shared-libs")), await middle(card(page, "production")));
    await page.getByText(/production would take from shared-libs as well/).waitFor();
    await page.mouse.up();
    await panel(page).getByRole("heading", { name: "Upstreams of production" }).waitFor();
    await eventually(async () => assert.deepEqual(await listed(page), [...before, "shared-libs"]));
    const preview = panel(page).getByRole("region", { name: "What would change" });
    await preview.getByText("Search order").waitFor();
    await eventually(async () => assert.match(await preview.innerText(), /Gained\s+shared-libs/));
    await settled(page);
    await assertAccessible(page);
    assert.deepEqual(await upstreams(running, "production"), before);
    const command = await panel(page).getByLabel("Command", { exact: true }).first().textContent();

    await save(page).click();
    await page.getByRole("complementary", { name: "Inspector" }).waitFor();
    assert.deepEqual(await upstreams(running, "production"), [...before, "shared-libs"]);
    // The command says the same: run after the list was put back, it leads to the same list.
    const back = before.map((name) => `repositoryName=${name}`);
    await aws(running, "update-repository", "--domain", "acme", "--repository", "production", "--upstreams", ...back);
    await shell(running, command);
    assert.deepEqual(await upstreams(running, "production"), [...before, "shared-libs"]);
  }),
);

test(
  "an edge dragged off its card is proposed for removal, and Escape gives the proposal up",
  fresh(async (page, { running, at }) => {
    await openMap(page, at);
    const point = await onEdge(page, "npm-store", "team-dev");
    await drag(page, point, { x: point.x, y: point.y + 60 });
    await page.getByText("team-dev would no longer take from npm-store.").waitFor();
    await page.mouse.up();
    await panel(page).getByRole("heading", { name: "Upstreams of team-dev" }).waitFor();
    await eventually(async () => assert.ok(!(await listed(page)).includes("npm-store")));
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Inspector" }).waitFor();
    await page.waitForURL(/\?repository=team-dev$/);
    assert.ok((await upstreams(running, "team-dev")).includes("npm-store"));
  }),
);

test(
  "what cannot be is said beside the pointer, and dropping it there proposes nothing",
  fresh(async (page, { at }) => {
    await openMap(page, at);
    const address = page.url();
    for (const [from, to, words] of [
      ["team-dev", "npm-store", /not both/],
      ["npm-store", "team-dev", /already takes from npm-store/],
      ["production", "team-dev", /circle/],
    ]) {
      await drag(page, await middle(card(page, from)), await middle(card(page, to)));
      await page.locator(".wires__words").getByText(words).waitFor();
      await page.mouse.up();
      await page.locator(".wires__words").waitFor({ state: "detached" });
    }
    await drag(page, await middle(card(page, "shared-libs")), await middle(card(page, "production")));
    await page.locator(".wires__words--good").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".wires__words").waitFor({ state: "detached" });
    await page.mouse.up();
    assert.equal(page.url(), address);
    assert.equal(await panel(page).count(), 0);
  }),
);

test(
  "the same by keyboard: U on a card opens its list, which is changed there",
  fresh(async (page, { running, at }) => {
    await openMap(page, at, "?repository=staging");
    const before = await upstreams(running, "staging");
    await page.getByRole("listbox", { name: /^Map of the repositories/ }).focus();
    await page.keyboard.press("u");
    await panel(page).getByRole("heading", { name: "Upstreams of staging" }).waitFor();
    await panel(page).getByLabel("Add an upstream").selectOption("npm-store");
    await page.waitForURL(/upstreams=.*npm-store/);
    await eventually(async () => assert.notEqual(await page.locator(".wires__new").getAttribute("d"), ""));
    await enabled(save(page));
    await save(page).press("Enter");
    await page.getByRole("complementary", { name: "Inspector" }).waitFor();
    assert.deepEqual(await upstreams(running, "staging"), [...before, "npm-store"]);
  }),
);

test(
  "a proposal is a place: its address opens it, and the map behind it still moves by its empty parts",
  fresh(async (page, { at }) => {
    await openMap(page, at, "?repository=production&upstreams=-");
    await panel(page).getByText("None: it offers only what is published or promoted to it.").waitFor();
    const before = await middle(card(page, "npm-store"));
    const empty = await page.evaluate(() => {
      const free = (x, y) => document.elementFromPoint(x, y)?.matches(".map__window, .map__dots");
      for (let y = innerHeight - 200; y > 200; y -= 9)
        for (let x = 300; x < innerWidth - 500; x += 9) if (free(x, y)) return { x, y };
      return null;
    });
    await drag(page, empty, { x: empty.x + 40, y: empty.y + 30 });
    await page.mouse.up();
    await eventually(async () => {
      const now = await middle(card(page, "npm-store"));
      assert.ok(Math.hypot(now.x - before.x - 40, now.y - before.y - 30) < 3, JSON.stringify([before, now]));
    });
    await panel(page).getByRole("button", { name: "Discard the proposal" }).click();
    await page.waitForURL(/\?repository=production$/);
  }),
);

test(
  "two browsers change the same list: the second sees both, loses nothing, and nothing is written over",
  fresh(
    async (page, { running, at }) => {
      await openMap(page, at);
      const session = await page.evaluate(() => ({ ...sessionStorage }));
      const other = await open(held.browser, { session });
      await openMap(other, at);
      for (const [one, store] of [
        [page, "npm-store"],
        [other, "pypi-store"],
      ]) {
        await drag(one, await middle(card(one, store)), await middle(card(one, "production")));
        await one.locator(".wires__words--good").waitFor();
        await one.mouse.up();
        await eventually(async () => assert.deepEqual(await listed(one), ["team-dev", store]));
      }
      await save(other).click();
      await other.getByRole("complementary", { name: "Inspector" }).waitFor();
      await save(page).click();
      await panel(page).getByText("Somebody changed the upstreams since you began.").waitFor();
      await panel(page).getByText("team-dev, pypi-store", { exact: true }).waitFor();
      await panel(page).getByText("team-dev, npm-store", { exact: true }).waitFor();
      assert.deepEqual(await upstreams(running, "production"), ["team-dev", "pypi-store"]);
      await panel(page).getByRole("button", { name: "Take what is there" }).click();
      await eventually(async () => assert.deepEqual(await listed(page), ["team-dev", "pypi-store"]));
      await finish(other);
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "a public registry dropped on a repository leads to its settings, with that registry chosen",
  fresh(async (page, { running, at }) => {
    await aws(running, "create-repository", "--domain", "acme", "--repository", "bare");
    await openMap(page, at);
    await card(page, "bare").waitFor();
    const source = page.locator("[role=option]").filter({ hasText: "public:pypi" });
    await drag(page, await middle(source), await middle(card(page, "pypi-store")));
    await page.locator(".wires__words").getByText("pypi-store fetches from public:pypi already.").waitFor();
    const bare = await middle(card(page, "bare"));
    await page.mouse.move(bare.x, bare.y, { steps: 4 });
    await page.locator(".wires__words--good").getByText("Connect bare to public:pypi in its settings.").waitFor();
    await page.mouse.up();
    await page.waitForURL(/repositories\/bare\/settings\?connect=public/);
    const choice = page.getByRole("combobox", { name: "Public registry" });
    await eventually(async () => assert.equal(await choice.inputValue(), "public:pypi"));
    await eventually(async () =>
      assert.ok(await choice.evaluate((element) => document.activeElement === element)),
    );
    const described = () => aws(running, "describe-repository", "--domain", "acme", "--repository", "bare");
    assert.deepEqual((await described()).repository.externalConnections, []);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("status").getByText("Connected to public:pypi.").waitFor();
    assert.equal((await described()).repository.externalConnections[0].externalConnectionName, "public:pypi");
  }),
);
