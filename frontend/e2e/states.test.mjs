// Nothing there yet, nothing answers, everything slow, and names that mean harm.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, eventually, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, publishGeneric } from "./headwater.mjs";
import { npmPublisher } from "./npm_packages.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const card = (page, name) => page.locator(`[role=option][data-repository="${name}"]`);
const readAnew = (page) => page.getByRole("button", { name: "Read anew" }).click();

test(
  "when the server has stopped the page says so, keeps what was typed, and offers to try again",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at("/repositories/team-dev"));
      await page.getByText("16 packages").waitFor();
      await running.stop();
      await page.getByRole("searchbox", { name: "Name starts with" }).fill("bill");
      const problem = page.getByRole("alert").filter({ hasText: "The packages could not be read." });
      await problem.getByText("Headwater did not answer. Look whether it is still running in its terminal").waitFor();
      await problem.getByRole("button", { name: "Try again" }).click();
      await problem.waitFor();
      assert.equal(await page.getByRole("searchbox", { name: "Name starts with" }).inputValue(), "bill");
      await assertAccessible(page);
    },
    { expected: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/] },
  ),
);

test(
  "a lost connection comes back with Try again",
  fresh(
    async (page, { at }) => {
      await page.goto(at("/repositories/team-dev"));
      await page.getByText("16 packages").waitFor();
      await page.context().setOffline(true);
      await readAnew(page);
      const problem = page.getByRole("alert").filter({ hasText: "The packages could not be read." });
      await problem.waitFor();
      await page.context().setOffline(false);
      await problem.getByRole("button", { name: "Try again" }).click();
      await problem.waitFor({ state: "detached" });
      await page.getByText("16 packages").waitFor();
    },
    { expected: [/ERR_INTERNET_DISCONNECTED/] },
  ),
);

test(
  "a part of the program that does not come says so and can be asked for again",
  fresh(
    async (page, { at }) => {
      await page.route(/\/split-packages-[0-9a-f]+\.wasm$/, (route) => route.abort("connectionreset"));
      await page.goto(at("/repositories/team-dev"));
      const problem = page.getByRole("alert").filter({ hasText: "This part of Headwater could not be loaded." });
      await problem.waitFor();
      await assertAccessible(page);
      await page.unrouteAll();
      await problem.getByRole("button", { name: "Try again" }).click();
      await page.getByText("16 packages").waitFor();
    },
    { expected: [/ERR_CONNECTION_RESET/, /Failed to fetch/] },
  ),
);

test(
  "the list of domains loads no page that lies behind it",
  fresh(async (page) => {
    await page.getByRole("link", { name: "acme", exact: true }).waitFor();
    await settled(page);
    const parts = () =>
      page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/split-/.test(name)).length);
    assert.equal(await parts(), 0);
    await page.getByRole("link", { name: "acme", exact: true }).hover();
    await eventually(async () => assert.equal(await parts(), 1));
  }),
);

test(
  "a refusal by CodeArtifact is told in words with its request id",
  fresh(
    async (page, { at }) => {
      await page.goto(at("/repositories/not-there"));
      const problem = page.getByRole("alert").filter({ hasText: "The packages could not be read." });
      await problem.getByText(/not-there/).waitFor();
      await problem.getByText(/^Request/).waitFor();
    },
    { expected: [/status of 404/] },
  ),
);

test(
  "while AWS is slow skeletons stand in the shape of what comes, and nothing jumps",
  fresh(
    async (page, { at }) => {
      await page.addInitScript(() => {
        window.jumps = [];
        new PerformanceObserver((list) => {
          for (const shift of list.getEntries()) {
            if (!shift.hadRecentInput)
              window.jumps.push([shift.value, ...shift.sources.map((one) => one.node?.className ?? "")]);
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      for (const [place, coming, come] of [
        ["?repository=production", /^Reading/, () => card(page, "production").getByText(/npm 5/)],
        [
          "/repositories/staging",
          /^Reading packages/,
          () => page.getByRole("checkbox", { name: "Choose billing-sdk 0.9.1" }),
        ],
        [
          "/package?format=npm&package=billing-sdk",
          /^Reading the package/,
          () => page.getByText(/package\.tgz/).first(),
        ],
      ]) {
        await page.goto(at(place));
        await page.getByRole("status").getByText(coming).first().waitFor({ state: "attached" });
        await come().waitFor();
        await settled(page);
        const jumps = await page.evaluate(() => window.jumps);
        const total = jumps.reduce((sum, [value]) => sum + value, 0);
        assert.ok(total < 0.02, `${place} jumps by ${total}: ${JSON.stringify(jumps)}`);
      }
    },
    { latency: "600ms" },
  ),
);

test(
  "names that look like something else carry a warning in words",
  fresh(async (page, { at }) => {
    const row = (words) => page.getByRole("row").filter({ hasText: words });
    await page.goto(at("/repositories/team-data"));
    for (const hidden of ["U+200B", "U+202E"]) {
      await row(hidden).getByText("This name holds characters that cannot be seen.").waitFor({ state: "attached" });
    }
    await page.goto(at("/repositories/team-dev"));
    await row("l\u043edash").getByText("This name mixes alphabets that look alike.").waitFor({ state: "attached" });
    assert.equal(await row("billing-sdk").getByText("This name").count(), 0);
  }),
);

test(
  "a name that is not what it looks like is copied with every character showing",
  fresh(async (page, { at }) => {
    await page.goto(at("/package?format=generic&namespace=acme&package=model-%E2%80%AEgpj.exe"));
    await page.getByRole("button", { name: "Copy escaped name" }).click();
    await page.getByRole("status").getByText("Copied the escaped name.").waitFor();
    await assertAccessible(page);
    // What the clipboard holds, as a person finds out: by pasting.
    await page.goto(at("/repositories/team-data"));
    const box = page.getByRole("searchbox", { name: "Name starts with" });
    await box.focus();
    await page.keyboard.press("Control+V");
    await eventually(async () => assert.equal(await box.inputValue(), "acme/model-\\u{202e}gpj.exe"));
    await page.goto(at("/package?format=npm&package=billing-sdk"));
    await page.getByRole("heading", { name: "Files" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Copy escaped name" }).count(), 0);
  }),
);

test(
  "names, descriptions and readmes full of HTML are text",
  fresh(async (page, { running, at }) => {
    const reports = [];
    page.on("request", (request) => request.url().endsWith("/api/csp") && reports.push(request.postData()));
    page.on("dialog", (dialog) => page.problems.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
    const markup = '<img src=x onerror="window.__xss=1">';
    await aws(running, "create-repository", "--domain", "acme", "--repository", "hostile", "--description", markup);
    const name = "<script>window.__xss=1";
    await publishGeneric(running, "hostile", name, "1.0.0-<u>", markup);
    await page.goto(at("?repository=hostile"));
    await page.getByRole("complementary", { name: "Inspector" }).getByText(markup).waitFor();
    await page.goto(at("/repositories/hostile"));
    await page.getByText(markup).first().waitFor();
    await page.getByRole("checkbox", { name: `Choose acme/${name} 1.0.0-<u>` }).check();
    await page.getByRole("table", { name: "Packages" }).getByRole("link").filter({ hasText: name }).click();
    await page.getByRole("heading", { name: "Files" }).waitFor();
    await page.getByRole("link", { name: "Review promotion" }).click();
    await page.getByRole("combobox", { name: "To" }).selectOption("staging");
    await page.getByRole("row").filter({ hasText: name }).filter({ hasText: "new" }).waitFor();
    await page.goto(at("/package?format=npm&namespace=acme&package=ui&repository=team-dev&version=1.4.0"));
    await page.getByText(`<img src="x" onerror="alert('this must never run')">`).waitFor();
    assert.equal(await page.getByRole("link", { name: "Do not follow this" }).count(), 0);
    assert.equal(await page.locator(".readme img").count(), 0);
    await settled(page);
    assert.equal(await page.evaluate(() => window.__xss), undefined);
    assert.deepEqual(reports, []);
  }),
);

const attacks = [
  "<script>window.__xss=1</script>",
  '<img src=x onerror="window.__xss=1">',
  "<svg/onload=window.__xss=1>",
  "javascript:window.__xss=1",
  "JaVaScRiPt:window.__xss=1//https://example.com",
  "data:text/html,<script>window.__xss=1</script>",
  '"><iframe srcdoc="<script>parent.__xss=1</script>">',
  "'-window.__xss=1-'",
  "{{constructor.constructor('window.__xss=1')()}}",
  "</textarea><script>window.__xss=1</script>",
  "https://example.com/\u202egnp.exe",
  "a\u200bb",
];

test(
  "whatever a version says of itself is shown as text and leads nowhere by itself",
  fresh(async (page, { running, at }) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("dialog", (dialog) => page.problems.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
    const publish = await npmPublisher(running, "team-dev");
    for (const [number, attack] of attacks.entries()) {
      await publish({
        name: "hostile",
        version: `1.0.${number}`,
        description: attack,
        license: attack,
        homepage: attack,
        repository: { type: "git", url: attack },
        readme: `# ${attack}\n\n![x](http://127.0.0.1:9/pixel.png)\n\n[x](${attack})\n`,
        dependencies: { left: attack },
      });
    }
    for (const number of attacks.keys()) {
      await page.goto(at(`/package?format=npm&package=hostile&repository=team-dev&version=1.0.${number}`));
      await page.getByRole("heading", { name: "Files" }).waitFor();
      await settled(page);
      const links = await page.locator("main a[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      for (const link of links) assert.match(link, /^(\/(?!\/)|https?:\/\/|mailto:)/);
      assert.equal(await page.evaluate(() => window.__xss), undefined, attacks[number]);
    }
    await page.goto(at("/package?format=npm&package=hostile&repository=team-dev&version=1.0.11"));
    await page.getByText("U+200B").first().waitFor();
    const own = new URL(running.dashboard).origin;
    assert.deepEqual(asked.filter((address) => !address.startsWith(own)), []);
  }),
);
