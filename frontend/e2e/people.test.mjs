// Several people: each signs in with a token, and sees what their roles leave out.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { assertAccessible, finish, open, widths } from "./browser.mjs";
import { oneBrowser } from "./dashboard.mjs";
import { startDemo } from "./headwater.mjs";

const held = oneBrowser();

// The entry and the token of somebody new.
function newPerson(id, name, ...roles) {
  const script = `"$0" people new "$@" 2>&1`;
  const named = roles.flatMap((role) => ["--role", role]);
  const told = execFileSync("sh", ["-c", script, process.env.HEADWATER, "--id", id, "--name", name, ...named]).toString();
  return { entry: told.slice(0, told.indexOf("The token")), token: told.match(/^ {2}([0-9a-f]{64})$/m)[1] };
}

const team = (steps) => async () => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-people-"));
  const vera = newPerson("vera", "Vera Viewer", "viewer");
  const paul = newPerson("paul", "Paul Promoter", "viewer", "promoter");
  writeFileSync(join(folder, "people.toml"), vera.entry + paul.entry, { mode: 0o600 });
  const running = await startDemo("--people", join(folder, "people.toml"));
  try {
    await steps(running, { vera, paul });
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true });
  }
};

async function signIn(page, ready, person) {
  await page.goto(ready.dashboard);
  await page.getByLabel("Your token").fill(person.token);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "acme", exact: true }).waitFor();
}

for (const [width, theme] of [["desk", "light"], ["phone", "dark"]]) {
  test(
    `a token signs in, a wrong one says so and can be typed again (${width}, ${theme})`,
    team(async (ready, { paul }) => {
      const page = await open(held.browser, { size: widths[width], theme, expected: [/status of 401/] });
      await page.goto(ready.dashboard);
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await assertAccessible(page);
      await page.getByLabel("Your token").fill("wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").getByText(/This token is nobody's/).waitFor();
      await assertAccessible(page);
      await page.getByLabel("Your token").fill(paul.token);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("link", { name: "acme", exact: true }).click();
      if (width === "phone") await page.getByRole("button", { name: "Navigation" }).click();
      await page.getByRole("navigation", { name: "Domain" }).getByText("Signed in as Paul Promoter").waitFor();
      const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
      assert.ok(!kept.includes(paul.token));
      await assertAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByLabel("Your token").waitFor();
      await finish(page);
    }),
  );
}

test(
  "what a role leaves out is disabled and says which role it needs",
  team(async (ready, { vera, paul }) => {
    const page = await open(held.browser);
    await signIn(page, ready, vera);
    const settings = new URL("/c/demo/acme/settings", ready.dashboard).href;
    await page.goto(settings);
    await page.getByText(/This needs the role admin/).first().waitFor();
    await assertAccessible(page);
    await finish(page);
    const other = await open(held.browser);
    await signIn(other, ready, paul);
    await other.goto(settings);
    await other.getByText(/This needs the role admin/).first().waitFor();
    await finish(other);
  }),
);
