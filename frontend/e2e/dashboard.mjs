// What the tests of the flows begin with: a running demo, and a page that is signed in to it.

import { mkdir } from "node:fs/promises";
import { after, before } from "node:test";

import { finish, launch, open, signIn, signInOnce } from "./browser.mjs";
import { startDemo } from "./headwater.mjs";

const failures = new URL("../../artifacts/failures/", import.meta.url).pathname;

/** One Chromium for all tests of a file. */
export function oneBrowser() {
  const held = {};
  before(async () => (held.browser = await launch()));
  after(() => held.browser.close());
  return held;
}

/**
 * One demo for all tests of a file, which must therefore only look. The answer opens a place for one test:
 * `test("…", at("?repository=production", async (page, { running, domain }) => …))`.
 * A place is the address after that of the domain; one that starts with `/` and has no domain before it stands in `root`.
 */
export function oneDemo(...options) {
  const held = { domain: "/c/demo/acme" };
  before(async () => {
    [held.browser, held.running] = await Promise.all([launch(), startDemo(...options)]);
    held.session = await signInOnce(held.browser, held.running);
  });
  after(async () => {
    await held.browser?.close();
    await held.running?.stop();
  });
  return (place, steps, { root = false, ...setup } = {}) =>
    (t) =>
      onPage(t, held.browser, { session: held.session, ...setup }, async (page) => {
        await page.goto(new URL(root ? place : held.domain + place, held.running.dashboard).href);
        await steps(page, held);
      });
}

/** A demo of its own for one test, which may change it. The page has come through the sign-in link. */
export function freshDemo(held, steps, { story = "acme", latency = null, ...setup } = {}) {
  return async (t) => {
    const running = await startDemo("--story", story, ...(latency ? ["--latency", latency] : []));
    try {
      await onPage(t, held.browser, setup, async (page) => {
        await signIn(page, running);
        await steps(page, { running, at: (place) => new URL(`/c/demo/acme${place}`, running.dashboard).href });
      });
    } finally {
      await running.stop();
    }
  };
}

/** Runs the steps on a new page; keeps a picture of it when they fail. */
export async function onPage(t, browser, setup, steps) {
  const page = await open(browser, setup);
  try {
    await steps(page);
  } catch (error) {
    await mkdir(failures, { recursive: true });
    await page.screenshot({ path: `${failures}${t.name.replaceAll(/[^a-z0-9]+/gi, "-")}.png` }).catch(() => {});
    if (page.problems.length > 0) error.message += `\nOn the page: ${page.problems.join("\n")}`;
    await page.context().close();
    throw error;
  }
  await finish(page);
}
