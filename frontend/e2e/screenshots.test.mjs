// A picture of every place in both themes and both widths, and axe on each of them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  accessibilityViolations,
  finish,
  launch,
  open,
  picture,
  settled,
  signIn,
  signInOnce,
  themes,
  widths,
} from "./browser.mjs";
import { startDemo } from "./headwater.mjs";
import { chooseInList, chooseTarget, promote, reason, row, savePlan } from "./promoting.mjs";

const domain = "/c/demo/acme";
const version = "/package?format=npm&namespace=acme&package=ui&repository=team-dev&version=1.4.0";

/** The places that an address alone leads to: the name of its picture, and the address. */
const places = {
  domains: "/",
  compare: "/compare",
  map: domain,
  "map-production": `${domain}?repository=production`,
  "map-source": `${domain}?source=public:npmjs`,
  "map-table": `${domain}?view=table`,
  repository: `${domain}/repositories/team-dev`,
  "repository-hostile-names": `${domain}/repositories/team-data`,
  "repository-nothing-found": `${domain}/repositories/team-dev?prefix=zzz`,
  package: `${domain}/package?format=npm&namespace=acme&package=core`,
  version: domain + version,
  versions: `${domain}/repositories/team-dev/versions?format=npm&namespace=acme&package=ui`,
  comparison: `${domain}/compare?left=team-dev&right=staging`,
  "comparison-nothing": `${domain}/compare`,
  "version-difference": `${domain}/compare/version?left=team-dev&right=staging&format=npm&namespace=acme&package=ui&version=1.4.0`,
  "promote-nothing": `${domain}/promote`,
  protection: `${domain}/protection`,
  "promotions-none": `${domain}/promotions`,
  "history-none": `${domain}/history`,
  "run-not-there": `${domain}/runs/${"0".repeat(20)}`,
  "set-up": "/set-up?connection=demo",
  "set-up-done": "/set-up?connection=demo&domain=acme",
  "clean-up": `${domain}/cleanup`,
  "new-domain": "/new-domain?connection=demo",
  "new-repository": `${domain}/new-repository`,
  publish: `${domain}/repositories/team-dev/publish`,
  "repository-settings": `${domain}/repositories/team-dev/settings`,
  "domain-settings": `${domain}/settings`,
  "access-generate": `${domain}/access/generate?role=developer&repositories=team-dev`,
  "access-explain": `${domain}/access/explain?action=ReadFromRepository&repository=team-dev`,
  doctor: `${domain}/doctor`,
  export: `${domain}/export`,
  "export-cdk": `${domain}/export?as=cdk-typescript`,
  "domain-access": `${domain}/access`,
  "repository-access": `${domain}/repositories/production/access`,
  "repository-access-none": `${domain}/repositories/team-dev/access`,
  connect: `${domain}/repositories/team-dev/connect`,
  "connect-by-hand": `${domain}/repositories/team-dev/connect?client=uv`,
  "not-found": "/nowhere/at/all",
};

/** The places that have to be made: the steps that lead to each from a signed-in page. */
const stories = {
  "promote-before": chooseSome,
  "promote-plan": async (page, running) => {
    await chooseSome(page, running);
    await chooseTarget(page, "staging");
    await row(page, "billing-sdk", "new").waitFor();
  },
  "promote-result": async (page, running) => {
    await stories["promote-plan"](page, running);
    await promote(page, "3 versions promoted");
  },
  plan: async (page, running) => {
    await stories["promote-plan"](page, running);
    await savePlan(page);
  },
  "undo-preview": async (page, running) => {
    await stories["promote-result"](page, running);
    await page.getByRole("button", { name: "Undo…" }).click();
    await row(page, "billing-sdk", "archived").waitFor();
    await page.getByRole("radio", { name: "Delete the versions" }).check();
    await row(page, "billing-sdk", "deleted").waitFor();
  },
  "run-undone": async (page, running) => {
    await stories["undo-preview"](page, running);
    await page.getByRole("radio", { name: "Archive the versions" }).check();
    await reason(page, "It broke the checkout");
    await page.getByRole("button", { name: "Undo: archive 3 versions" }).click();
    await page.getByRole("heading", { level: 1, name: "3 versions undone" }).waitFor();
  },
  promotions: async (page, running) => {
    await stories["run-undone"](page, running);
    await page.getByRole("link", { name: "All promotions" }).click();
    await row(page, "Release 24.11").waitFor();
  },
  history: async (page, running) => {
    await stories["run-undone"](page, running);
    await page.getByRole("link", { name: "In the history" }).click();
    await page.getByRole("link", { name: /^Not only run/ }).click();
    await page.getByText("Reason: Release 24.11").first().waitFor();
  },
  "version-blocked": async (page, running) => {
    await page.goto(new URL(domain + version, running.dashboard).href);
    await page.getByText("Block it from promotion", { exact: true }).click();
    await reason(page, "It holds a signing key");
    await page.getByRole("button", { name: "Block this version" }).click();
    await page.getByText("Blocked from promotion", { exact: true }).waitFor();
    await page.getByText("Unblock it", { exact: true }).click();
    await page.getByText("can be promoted again").waitFor();
  },
  "signed-out": async (page) => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Signed out" }).waitFor();
  },
};

/** Two new versions, one that is there already with other content, and one new with several files. */
async function chooseSome(page, running) {
  const at = (place) => new URL(domain + place, running.dashboard).href;
  await page.goto(at(version));
  await page.getByRole("checkbox", { name: "Choose 1.4.0 of team-dev" }).check();
  await chooseInList(page, at("/repositories/team-dev"), [
    "billing-sdk 0.9.2",
    "acme-billing 1.2.0",
    "@acme/core 2.3.1",
  ]);
  await page.getByRole("link", { name: "Review promotion" }).click();
  await page.getByRole("combobox", { name: "To" }).waitFor();
}

let browser;
let running;
let session;

before(async () => {
  [browser, running] = await Promise.all([launch(), startDemo()]);
  session = await signInOnce(browser, running);
});
after(async () => {
  await browser?.close();
  await running?.stop();
});

/**
 * Takes the pictures, and has axe look at the page each time. One page in four looks: loading it anew for each would
 * take four times as long and show the same.
 */
async function look(page, name) {
  const found = {};
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const size of Object.values(widths)) {
      await page.setViewportSize(size);
      await settled(page);
      await picture(page, name, theme);
      const violations = await accessibilityViolations(page);
      if (violations.length > 0) found[`${theme}, ${size.width} wide`] = violations;
    }
  }
  assert.deepEqual(found, {});
}

for (const [name, place] of Object.entries(places)) {
  test(`${name} is accessible and pictured in both themes and both widths`, async () => {
    const page = await open(browser, { session, expected: name.endsWith("not-there") ? [/status of 404/] : [] });
    await page.goto(new URL(place, running.dashboard).href);
    await look(page, name);
    await finish(page);
  });
}

for (const [name, steps] of Object.entries(stories)) {
  test(`${name} is accessible and pictured in both themes and both widths`, async () => {
    const own = await startDemo();
    try {
      const page = await open(browser);
      await signIn(page, own);
      await steps(page, own);
      await look(page, name);
      await finish(page);
    } finally {
      await own.stop();
    }
  });
}
