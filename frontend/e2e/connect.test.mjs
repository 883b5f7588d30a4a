// Pointing clients at a repository: the texts work in a shell as they are copied, and a token stays in the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, eventually, settled, themes, widths } from "./browser.mjs";
import { freshDemo, oneBrowser, oneDemo } from "./dashboard.mjs";
import { shell } from "./headwater.mjs";

const held = oneBrowser();
const at = oneDemo();
const place = (query = "") => `/repositories/team-dev/connect${query}`;
// By its class: until the domain is read, a group of the list may be called like its first client.
const heading = (page, name) => page.locator(".connect__client").getByText(name, { exact: true });
const client = (page, name) => page.getByRole("navigation", { name: "Client" }).getByRole("link", { name, exact: true });
const step = (page, number) => page.getByLabel(`Step ${number}`, { exact: true });
const says = (page, words) => page.getByRole("status").getByText(words).waitFor();
const panel = (page) => page.getByRole("region", { name: "Token" });
const press = (page, name) => panel(page).getByRole("button", { name, exact: true }).click();
const token = (page) => panel(page).getByLabel("Token", { exact: true });
const hiddenToken = (page) => panel(page).getByLabel("Token, hidden", { exact: true });

/** Asks for a token that lives 15 minutes, and shows it. */
async function getToken(page) {
  await panel(page).getByRole("combobox", { name: "Good for" }).selectOption("15 minutes");
  await press(page, "Get a token");
  await hiddenToken(page).waitFor();
  assert.match(await hiddenToken(page).textContent(), /^•+$/);
  await press(page, "Show");
  const text = await token(page).textContent();
  assert.match(text, /^eyJ2ZXI/);
  return text;
}

test(
  "the repository page leads there, and what the repository serves comes first",
  at("/repositories/pypi-store", async (page) => {
    await page.getByRole("link", { name: "Connect", exact: true }).click();
    await page.waitForURL(/pypi-store\/connect$/);
    await heading(page, "pip").waitFor();
    await step(page, 1).getByText("aws codeartifact login --tool pip").waitFor();
    assert.equal(await client(page, "pip").getAttribute("aria-current"), "true");
    await page.getByText("6 packages, public:pypi").waitFor();
  }),
);

test(
  "the map and the settings lead there as well",
  at("?repository=team-dev", async (page) => {
    const connect = () => page.getByRole("main").getByRole("link", { name: /^Connect/ });
    await connect().click();
    await page.waitForURL(/team-dev\/connect$/);
    await page.goBack();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await connect().click();
    await page.waitForURL(/team-dev\/connect$/);
  }),
);

test(
  "client and way stand in the address, and back leads through them",
  at(place(), async (page) => {
    await heading(page, "npm").waitFor();
    await client(page, "uv").click();
    await page.waitForURL(/connect\?client=uv$/);
    await heading(page, "uv").waitFor();
    assert.equal(await page.getByRole("navigation", { name: "Way" }).count(), 0);
    await client(page, "npm").click();
    await page.getByRole("link", { name: "By hand" }).click();
    await page.waitForURL(/connect\?client=npm&way=hand$/);
    await step(page, 1).getByText("export CODEARTIFACT_AUTH_TOKEN").waitFor();
    await page.goBack();
    await step(page, 1).getByText("aws codeartifact login --tool npm").waitFor();
    await page.reload();
    await heading(page, "npm").waitFor();
  }),
);

test(
  "everything is reached and chosen by keyboard",
  at(place("?client=pip"), async (page) => {
    await step(page, 1).waitFor();
    await client(page, "npm").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await heading(page, "Yarn").waitFor();
    const reached = new Set();
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent));
    }
    for (const name of ["Copy endpoint", "Step 1", "Copy text of step 1", "Get a token"]) assert.ok(reached.has(name), name);
  }),
);

test(
  "each text has a button of its own that copies just that text",
  at(place("?client=npm&way=hand"), async (page) => {
    await step(page, 4).waitFor();
    const buttons = await page.getByRole("button", { name: /^Copy text of step/ }).count();
    assert.equal(buttons, await page.getByLabel(/^Step \d+$/).count());
    await page.getByRole("button", { name: "Copy text of step 2", exact: true }).click();
    await says(page, "Copied the text of step 2.");
    const expected = await step(page, 2).textContent();
    await page.goto(page.url().replace(/\/connect.*/, ""));
    const field = page.getByLabel("Name starts with");
    await field.focus();
    await page.keyboard.press("Control+V");
    await eventually(async () => assert.equal(await field.inputValue(), expected.trim()));
    assert.match(expected, /^registry=http/);
  }),
);

test(
  "the steps for pip work in a shell as they stand, and the last ones undo the first",
  at(place("?client=pip&way=hand"), async (page, { running }) => {
    await step(page, 4).waitFor();
    // Until the packages are read, no package of the repository is named.
    await settled(page);
    const texts = await Promise.all([1, 2, 3, 4].map((number) => step(page, number).textContent()));
    assert.match(texts[2], /^python3 -m pip install /);
    const download = texts[2].replace("install", "download --no-deps --dest \"$(mktemp -d)\"");
    const asked = [texts[0], texts[1], 'echo "$PIP_INDEX_URL"', download, texts[3], 'echo "left: ${PIP_INDEX_URL-}"'];
    const said = await shell(running, asked.join("\n"));
    assert.match(said, /aws:eyJ2ZXI/);
    assert.match(said, /Successfully downloaded/);
    assert.match(said, /left: $/m);
  }),
);

test(
  "a token comes on request, hidden at first, works, counts down, and is forgotten",
  at(place(), async (page, { running }) => {
    await panel(page).getByRole("button", { name: "Get a token", exact: true }).waitFor();
    assert.equal(await hiddenToken(page).count(), 0);
    const text = await getToken(page);
    await says(page, /^A token is here\. It ends in 14 min/);
    const left = panel(page).getByText(/^Ends in 14 min \d+ s$/);
    const first = await left.textContent();
    await eventually(async () => assert.notEqual(await left.textContent(), first));
    const endpoint = await page.locator(".connect__endpoint code").textContent();
    const answer = await fetch(`${endpoint}lodash`, { headers: { authorization: `Bearer ${text}` } });
    assert.equal(answer.status, 200);
    await press(page, "Hide");
    assert.ok(!(await page.content()).includes(text));
    await client(page, "uv").click();
    await heading(page, "uv").waitFor();
    await hiddenToken(page).waitFor();
    await press(page, "Forget");
    await hiddenToken(page).waitFor({ state: "detached" });
    assert.ok(!running.log().includes("eyJ2ZXI"));
  }),
);

test(
  "a token is copied without being shown",
  at(place(), async (page) => {
    await press(page, "Get a token");
    await panel(page).getByRole("button", { name: "Copy token" }).click();
    await says(page, "Copied the token.");
    await page.goto(page.url().replace(/\/connect.*/, ""));
    const field = page.getByLabel("Name starts with");
    await field.focus();
    await page.keyboard.press("Control+V");
    await eventually(async () => assert.match(await field.inputValue(), /^eyJ2ZXI/));
  }),
);

test(
  "a token is in no storage and no address, and gone when the page is left",
  at(place(), async (page) => {
    const text = await getToken(page);
    const kept = await page.evaluate(async () => {
      const caches = await window.caches?.keys();
      return JSON.stringify([location.href, history.state, { ...sessionStorage }, { ...localStorage }, document.cookie, caches]);
    });
    assert.ok(!kept.includes(text.slice(0, 20)), kept);
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
    assert.ok(asked.some((address) => address.endsWith("/acme/token")) && !asked.some((address) => address.includes("eyJ")));
    await page.getByRole("link", { name: "Packages", exact: true }).click();
    await page.getByRole("table", { name: "Packages" }).waitFor();
    await page.goBack();
    await panel(page).getByRole("button", { name: "Get a token", exact: true }).waitFor();
    assert.equal(await token(page).count() + (await hiddenToken(page).count()), 0);
  }),
);

test(
  "listeners are told when little time is left, and an ended token is gone",
  freshDemo(held, async (page, { at }) => {
    await page.goto(at(place()));
    await step(page, 1).waitFor();
    await page.clock.install();
    const text = await getToken(page);
    await page.clock.fastForward("10:30");
    await says(page, /^The token ends in 4 min/);
    await page.clock.fastForward("03:45");
    await says(page, /^The token ends in \d+ s\.$/);
    await page.clock.fastForward("01:00");
    await panel(page).getByText("The token has ended.").waitFor();
    assert.ok(!(await page.content()).includes(text));
    await panel(page).getByRole("button", { name: "Get a token", exact: true }).waitFor();
  }),
);

test(
  "a refused token says why, and can be asked for again",
  at(
    place(),
    async (page) => {
      await step(page, 1).waitFor();
      const problem = { code: "forbidden", message: "Not allowed: sts:GetServiceBearerToken.", request_id: "abc" };
      await page.route("**/acme/token", (route) => route.fulfill({ status: 403, json: problem }), { times: 1 });
      await press(page, "Get a token");
      await panel(page).getByRole("alert").getByText("sts:GetServiceBearerToken").waitFor();
      await press(page, "Get a token");
      await hiddenToken(page).waitFor();
      assert.equal(await panel(page).getByRole("alert").count(), 0);
    },
    { expected: [/status of 403/] },
  ),
);

test(
  "a repository that is not there says so",
  at("/repositories/nowhere/connect", async (page) => page.getByRole("alert").getByText("could not be read").waitFor(), {
    expected: [/status of 404/],
  }),
);

test(
  "it is accessible and fits, with a token shown, in both themes and both widths",
  at(place("?client=yarn-classic"), async (page) => {
    await getToken(page);
    for (const theme of themes) {
      for (const size of Object.values(widths)) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize(size);
        await settled(page);
        await assertAccessible(page);
        const { wide, window } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }));
        assert.ok(wide <= window, `the page is ${wide} wide in a window of ${window}`);
      }
    }
  }),
);
