// The one-time link: it opens the dashboard once, and leaves no secret behind.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, finish, open } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const domain = (page) => page.getByRole("link", { name: "acme", exact: true });

test(
  "the link of the terminal opens the dashboard",
  fresh(async (page) => {
    await domain(page).waitFor();
    await assertAccessible(page);
  }),
);

test(
  "the secret leaves the address bar and is kept nowhere",
  fresh(async (page, { running }) => {
    const secret = running.sign_in.split("#k=")[1];
    await domain(page).waitFor();
    assert.ok(!page.url().includes(secret));
    assert.deepEqual(await page.context().cookies(), []);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.ok(!kept.includes(secret));
    await page.goBack();
    assert.ok(!page.url().includes(secret));
  }),
);

test(
  "a link that was used is refused and says how to get a new one",
  fresh(async (page, { running }) => {
    await domain(page).waitFor();
    const second = await open(held.browser, { expected: [/status of 40[0-9]/] });
    await second.goto(running.sign_in);
    await second.getByRole("alert").getByText("The sign-in link was refused.").waitFor();
    await second.getByText(/Go to the terminal where Headwater runs and press Enter/).waitFor();
    await assertAccessible(second);
    await finish(second);
  }),
);

test(
  "a used link does not end the session of the tab that used it",
  fresh(
    async (page, { running }) => {
      await domain(page).waitFor();
      await page.goto(running.sign_in);
      await domain(page).waitFor();
    },
    { expected: [/status of 401/] },
  ),
);

test(
  "a reload stays signed in",
  fresh(async (page) => {
    await domain(page).waitFor();
    await page.reload();
    await domain(page).waitFor();
  }),
);

test(
  "after signing out the tab holds nothing and its bearer is worth nothing",
  fresh(async (page, { running, at }) => {
    const bearer = await chooseOne(page, at);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Signed out" }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    const headers = { authorization: `Bearer ${bearer}` };
    const answer = await fetch(new URL("/api/connections", running.dashboard), { headers });
    assert.equal(answer.status, 401);
  }),
);

test(
  "a session that ends by itself leaves the tray for the next one",
  fresh(
    async (page, { running, at }) => {
      const headers = { authorization: `Bearer ${await chooseOne(page, at)}` };
      assert.ok((await fetch(new URL("/api/session", running.dashboard), { method: "DELETE", headers })).ok);
      await page.getByRole("button", { name: "Read anew" }).click();
      await page.getByRole("heading", { name: "Signed out" }).waitFor();
      const left = await page.evaluate(() => ({ ...sessionStorage }));
      assert.equal(left["headwater.session"], undefined);
      assert.match(JSON.stringify(left), /billing-sdk/);
    },
    { expected: [/status of 401/] },
  ),
);

/** Puts a version into the tray and returns the tab's bearer. */
async function chooseOne(page, at) {
  await page.goto(at("/repositories/team-dev"));
  await page.getByRole("checkbox", { name: "Choose billing-sdk 0.9.2" }).check();
  return page.evaluate(() => sessionStorage.getItem("headwater.session"));
}
