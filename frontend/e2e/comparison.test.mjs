// Two repositories side by side, choosing from them, and what differs inside a version that both hold.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, eventually, widths } from "./browser.mjs";
import { freshDemo, oneBrowser, oneDemo } from "./dashboard.mjs";
import { aws } from "./headwater.mjs";
import { npmPublisher } from "./npm_packages.mjs";

const at = oneDemo();
const held = oneBrowser();
const both = "?left=team-dev&right=staging";

/** The lines of the table, without its head. */
const lines = (page) => page.getByRole("table", { name: "Differences" }).getByRole("rowgroup").nth(1).getByRole("row");
const line = (page, name) => lines(page).filter({ hasText: name });
const facet = (page, name) => page.getByRole("group", { name: "Kinds of difference" }).getByRole("button", { name });

test(
  "the sides are chosen, swapped, and stand in the address",
  at("/compare", async (page) => {
    await page.getByText("Choose two repositories").waitFor();
    await page.getByLabel("Left", { exact: true }).selectOption("team-dev");
    await page.getByLabel("Right", { exact: true }).selectOption("staging");
    await page.waitForURL(/\/compare\?left=team-dev&right=staging$/);
    await line(page, "@acme/ui").waitFor();
    await page.getByRole("button", { name: "Swap the sides" }).click();
    await page.waitForURL(/\/compare\?left=staging&right=team-dev$/);
    await page.getByRole("columnheader", { name: "Left: staging" }).waitFor();
    await facet(page, "only right").waitFor();
  }),
);

test(
  "what both repositories hold agrees with the aws CLI",
  at(`/compare${both}&format=pypi`, async (page, { running }) => {
    const versions = async (repository) => {
      const where = ["--domain", "acme", "--repository", repository, "--format", "pypi"];
      const { packages } = await aws(running, "list-packages", ...where);
      const listed = packages.map(async ({ package: name }) => {
        const { versions } = await aws(running, "list-package-versions", ...where, "--package", name);
        return [name, versions.map((one) => one.version)];
      });
      return new Map(await Promise.all(listed));
    };
    const [left, right] = [await versions("team-dev"), await versions("staging")];
    assert.ok(left.size > 1 && right.size > 0);
    await eventually(async () => assert.equal(await lines(page).count(), new Set([...left.keys(), ...right.keys()]).size));
    for (const [name, held] of left) {
      const more = held.filter((version) => !right.get(name)?.includes(version)).length;
      const said = more === 1 ? "1 version only left" : `${more} versions only left`;
      const row = line(page, name);
      if (more > 0) await row.getByText(said).waitFor();
      if (!right.has(name)) await row.getByText("only left", { exact: true }).waitFor();
    }
  }),
);

test(
  "a package opens to its versions, and files of another revision are read for what is in view",
  at(`/compare${both}&name=acme%2Fui`, async (page) => {
    await line(page, "@acme/ui").getByText("1 version with other files").waitFor();
    await page.getByRole("button", { name: "Show the versions of @acme/ui" }).click();
    const differing = line(page, "other revision").filter({ hasText: "1.4.0" });
    await differing.getByText("1 other file").waitFor();
    await line(page, "1.3.2").getByText("same", { exact: true }).waitFor();
    const refused = page.getByRole("checkbox", { name: "Choose @acme/ui 1.4.0" });
    assert.match(await refused.getAttribute("title"), /never overwritten/);
    await differing.getByRole("link", { name: "Compare files" }).click();
    await page.waitForURL(/\/compare\/version\?left=team-dev&right=staging&format=npm&namespace=acme&package=ui&version=1\.4\.0$/);
    await page.getByRole("heading", { name: "@acme/ui 1.4.0" }).waitFor();
    await page.getByRole("row", { name: /package\.tgz.*other bytes/ }).waitFor();
  }),
);

test(
  "kind, format, name and order narrow the list and stand in the address",
  at(`/compare${both}`, async (page) => {
    await line(page, "@acme/ui").waitFor();
    const total = await lines(page).count();
    await facet(page, "other revision 1").click();
    await page.waitForURL(/kind=differs/);
    await eventually(async () => assert.deepEqual(await lines(page).count(), 1));
    await facet(page, /^only left/).click();
    await page.waitForURL(/kind=only-left/);
    await eventually(async () => assert.ok((await lines(page).count()) < total));
    await page.getByLabel("Format").selectOption("pypi");
    await page.waitForURL(/format=pypi/);
    await page.getByLabel("Order").selectOption("versions");
    await page.waitForURL(/sort=versions/);
    await page.getByLabel("Name or namespace contains").fill("no-such-package");
    await page.waitForURL(/name=no-such-package/);
    await page.getByText("No package is listed").waitFor();
    await page.getByRole("button", { name: "Show all packages" }).click();
    await line(page, "@acme/ui").waitFor();
    await page.waitForURL(/\/compare\?left=team-dev&right=staging$/);
  }),
);

test(
  "chosen packages are promoted to the right side",
  freshDemo(held, async (page, { at }) => {
    await page.goto(at("/compare?left=team-dev&right=production"));
    const newer = page.getByRole("button", { name: /that are newer on the left/ });
    await newer.waitFor();
    const number = await eventually(async () => {
      const number = Number((await newer.innerText()).match(/\d+/)[0]);
      assert.ok(number > 0);
      return number;
    });
    await newer.click();
    const tray = page.getByRole("region", { name: "Chosen versions" });
    await tray.getByText(`${number} version`).first().waitFor();
    await tray.getByRole("link", { name: "Review promotion" }).click();
    await page.waitForURL(/\/promote\?to=production$/);
    await page.getByRole("heading", { name: /^Promote \d+ version/ }).waitFor();
    const rows = page.getByRole("table").locator("tbody").getByRole("row");
    await eventually(async () => assert.equal(await rows.count(), number));
  }),
);

test(
  "a repository is compared with what it held before",
  freshDemo(held, async (page, { running, at }) => {
    await aws(running, "create-repository", "--domain", "acme", "--repository", "one");
    const publish = await npmPublisher(running, "one");
    await publish({ name: "widgets", version: "1.0.0" });
    await page.goto(at("/compare?left=one&right=staging"));
    await line(page, "widgets").waitFor();
    await publish({ name: "widgets", version: "1.1.0" });
    await page.getByRole("button", { name: /^Refresh|Read anew/ }).click();
    await line(page, "widgets").getByText("1.1.0").waitFor();
    await page.getByLabel("Right", { exact: true }).selectOption("one");
    await page.getByText("Both sides are the same").waitFor();
    // What was read is recorded after it was told, so the list may be a moment behind.
    const times = page.getByLabel("Left as of");
    await eventually(async () => {
      await page.getByRole("button", { name: /^Refresh|Read anew/ }).click();
      assert.equal(await times.getByRole("option").count(), 3);
    });
    const [, , earlier] = await times.getByRole("option").all();
    assert.match(await earlier.innerText(), /1 version$/);
    await times.selectOption(await earlier.getAttribute("value"));
    await page.waitForURL(/\/compare\?left=one%40\d+&right=one$/);
    await line(page, "widgets").getByText("right is newer").waitFor();
    await page.getByRole("button", { name: "Show the versions of widgets" }).click();
    await line(page, "1.1.0").getByText("only right", { exact: true }).waitFor();
    assert.equal(await page.getByRole("checkbox").count(), 0, "what was cannot be promoted");
    await page.getByText("To choose versions for a promotion, compare both repositories as they are now.").waitFor();
    await page.getByRole("button", { name: "Swap the sides" }).click();
    await page.waitForURL(/\/compare\?left=one&right=one%40\d+$/);
    await line(page, "widgets").getByText("left is newer").waitFor();
    await assertAccessible(page);
  }),
);

test(
  "what was read long ago is shown at once and read again",
  freshDemo(held, async (page, { at }) => {
    await page.goto(at(`/compare${both}`));
    await line(page, "@acme/ui").waitFor();
    await page.clock.install({ time: Date.now() + 3 * 86_400_000 });
    const asked = [];
    page.on("request", (request) => {
      if (request.url().includes("/comparison?")) asked.push(request.headers()["cache-control"] ?? "");
    });
    await page.reload();
    await line(page, "@acme/ui").waitFor();
    await eventually(async () => assert.ok(asked.includes("no-cache"), asked.join()));
    assert.notEqual(asked[0], "no-cache");
  }),
);

test(
  "a side that is not there is named, and the other can be chosen",
  at("/compare?left=team-dev&right=nowhere", async (page) => {
    await page.getByText("nowhere, on the right, could not be listed").waitFor();
    await page.getByLabel("Right", { exact: true }).selectOption("staging");
    await line(page, "@acme/ui").waitFor();
  }, { expected: [/404/] }),
);

test(
  "repositories that hold the same say so",
  freshDemo(held, async (page, { running, at }) => {
    for (const repository of ["one", "two"]) {
      await aws(running, "create-repository", "--domain", "acme", "--repository", repository);
    }
    await page.goto(at("/compare?left=one&right=two"));
    await page.getByText("Neither side holds a package").waitFor();
    const publish = await npmPublisher(running, "one");
    await publish({ name: "widgets", version: "1.0.0" });
    const copy = ["--domain", "acme", "--source-repository", "one", "--destination-repository", "two"];
    await aws(running, "copy-package-versions", ...copy, "--format", "npm", "--package", "widgets", "--versions", "1.0.0");
    await page.getByRole("button", { name: /^Refresh|Read anew/ }).click();
    await page.getByText("Both sides hold the same versions with the same content.").waitFor();
  }),
);

test(
  "a version published twice shows what differs inside, line by line",
  freshDemo(held, async (page, { running, at }) => {
    const contents = { one: "Shows widgets", two: "Shows widgets and gadgets" };
    for (const [repository, description] of Object.entries(contents)) {
      await aws(running, "create-repository", "--domain", "acme", "--repository", repository);
      const publish = await npmPublisher(running, repository);
      await publish({ name: "widgets", version: "1.0.0", description });
    }
    await page.goto(at("/compare/version?left=one&right=two&format=npm&package=widgets&version=1.0.0"));
    const row = page.getByRole("row", { name: /widgets|package/ }).filter({ hasText: "other bytes" });
    await row.waitFor();
    await page.getByRole("button", { name: /^Show what differs inside/ }).click();
    const difference = page.getByRole("group", { name: "Lines of package/package.json" });
    await difference.getByText("Shows widgets and gadgets").waitFor();
    assert.match(await difference.locator("del").innerText(), /−.*"Shows widgets"/s);
    assert.match(await difference.locator("ins").innerText(), /\+.*gadgets/s);
    await page.getByText("package/package.json").click();
    await difference.waitFor({ state: "hidden" });
    await page.setViewportSize(widths.phone);
    await page.getByText("package/package.json").click();
    await difference.waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await assertAccessible(page);
  }),
);

test(
  "the comparison works by keyboard and fits a narrow window",
  at(
    `/compare${both}`,
    async (page) => {
      await line(page, "@acme/ui").waitFor();
      const open = page.getByRole("button", { name: "Show the versions of @acme/ui" });
      await open.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Hide the versions of @acme/ui" }).waitFor();
      const box = page.getByRole("checkbox", { name: "Choose @acme/ui 1.3.1" });
      await box.focus();
      await page.keyboard.press("Space");
      await page.getByRole("region", { name: "Chosen versions" }).getByText("1 version").waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await assertAccessible(page);
    },
    { size: widths.phone },
  ),
);
