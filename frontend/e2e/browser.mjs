// A real Chromium whose pages watch themselves: any error on a page fails the test that opened it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

import { chromium } from "playwright-core";

const pictures = new URL("../../artifacts/screenshots/", import.meta.url).pathname;
/** How long anything may take, in milliseconds: long enough for a machine that is busy with something else. */
const limit = 30_000;
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The two widths that every place must look right in: a desk and a telephone. */
export const widths = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
export const themes = ["light", "dark"];

function findChromium() {
  const names = [process.env.CHROME_BIN, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const name of names.filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", 'command -v "$0"', name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error("no Chrome or Chromium found: run `make setup`");
}

/** Starts the machine's Chromium with a fresh profile. */
export function launch() {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      ...asRoot,
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens an empty page in a context of its own. `page.problems` collects what went wrong on it:
 * errors, warnings and refusals of the security policy; words that match `expected` are let through.
 * With a `session` (see `signInOnce`) the page is signed in. Close it with `finish`.
 */
export async function open(browser, options = {}) {
  const { theme = "light", size = widths.desk, motion = "reduce", expected = [], session = null } = options;
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: 1,
    colorScheme: theme,
    reducedMotion: motion,
    locale: "en-GB",
    timezoneId: "UTC",
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  if (session) await context.addInitScript((kept) => Object.assign(sessionStorage, kept), session);
  const page = await context.newPage();
  page.setDefaultTimeout(limit);
  page.problems = [];
  page.underWay = new Set();
  // A stream of events stays open as long as there may be more of them.
  page.on("request", (request) => request.resourceType() !== "eventsource" && page.underWay.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => page.underWay.delete(request));
  // What an earlier document asked for, nobody waits for any more.
  page.on("domcontentloaded", () => page.underWay.clear());
  const note = (text) => expected.some((known) => known.test(text)) || page.problems.push(text);
  page.on("pageerror", (error) => note(`error: ${error}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`${message.type()}: ${message.text()}`);
  });
  return page;
}

/** Closes the page's context and fails when anything went wrong on the page. */
export async function finish(page) {
  await page.context().close();
  assert.deepEqual(page.problems, []);
}

/** Opens the one-time link and waits until the dashboard stands there. */
export async function signIn(page, running) {
  await page.goto(running.sign_in);
  await page.getByRole("main").waitFor();
  await page.waitForFunction(() => !location.hash.includes("k="));
}

/** Uses up the one-time link and returns what any number of pages can be opened with. */
export async function signInOnce(browser, running) {
  const page = await open(browser);
  await signIn(page, running);
  await settled(page);
  const session = await page.evaluate(() => ({ ...sessionStorage }));
  await finish(page);
  return session;
}

/** Waits until nothing on the page is loading any more: no request is under way, and nothing stands in for what comes. */
export async function settled(page) {
  await page.getByRole("main").waitFor();
  // This tells of the document's first seconds only; where one has gone by links since then, the rest counts.
  await page.waitForLoadState("networkidle");
  const assertQuiet = async () => {
    assert.deepEqual([...page.underWay].map((request) => request.url()), []);
    assert.equal(await page.locator('[aria-busy="true"], .skeleton').count(), 0, "something is loading");
  };
  await eventually(async () => {
    await assertQuiet();
    // What came last may be about to be drawn, or to ask for more.
    await drawn(page);
    await assertQuiet();
  });
}

/** Waits until the page has drawn what it was told until now. */
export function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Tries the assertions again until they hold; after the limit it fails with what did not hold last. */
export async function eventually(assertions) {
  const end = Date.now() + limit;
  for (;;) {
    try {
      return await assertions();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(20);
    }
  }
}

/** Waits until a button can be pressed. A click waits for that by itself; a key does not. */
export const enabled = (button) => eventually(async () => assert.equal(await button.getAttribute("aria-disabled"), null));

/** What axe finds on the page as it is now, in a readable list. */
export async function accessibilityViolations(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(" ")) }));
}

/** Fails when axe finds anything on the page as it is now. */
export async function assertAccessible(page) {
  assert.deepEqual(await accessibilityViolations(page), []);
}

/** axe in both themes and both widths, and nothing wider than the window. The page is left at the desk's width. */
export async function looksRight(page) {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const size of Object.values(widths)) {
      await page.setViewportSize(size);
      await settled(page);
      await assertAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `it is ${overflow} too wide in a window of ${size.width}`);
    }
  }
  await page.setViewportSize(widths.desk);
}

/** Keeps a picture of the page as artifacts/screenshots/NAME-THEME-WIDTH.png. */
export async function picture(page, name, theme) {
  await mkdir(pictures, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${pictures}${name}-${theme}-${page.viewportSize().width}.png` });
}
