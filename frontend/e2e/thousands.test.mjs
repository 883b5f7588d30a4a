// A repository with thousands of packages: only the rows in view stand in the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws } from "./headwater.mjs";
import { npmPublisher } from "./npm_packages.mjs";

const held = oneBrowser();
const packages = 2_100;
const atOnce = 16;

/** Publishes package-0000, package-0001 and so on. */
async function publishMany(running, repository) {
  await aws(running, "create-repository", "--domain", "acme", "--repository", repository);
  const publish = await npmPublisher(running, repository);
  const names = Array.from({ length: packages }, (_, number) => `package-${String(number).padStart(4, "0")}`).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const name of names) await publish({ name, version: "1.0.0" });
    }),
  );
}

test(
  "2,100 packages are read page by page, filtered by prefix, and never all drawn",
  freshDemo(held, async (page, { running, at }) => {
    await publishMany(running, "crowd");
    await page.goto(at("/repositories/crowd"));
    await page.getByRole("link", { name: "package-0000" }).waitFor();
    const list = page.getByRole("table", { name: "Packages" }).getByRole("rowgroup").nth(1);
    const drawn = () => list.getByRole("row").count();
    assert.ok((await drawn()) < 60, `${await drawn()} rows are drawn`);
    const last = page.getByRole("link", { name: "package-2099" });
    for (let leaps = 0; leaps < 10 && !(await last.isVisible()); leaps += 1) {
      const height = await list.evaluate((one) => one.scrollHeight);
      await list.evaluate((one) => one.scrollTo(0, one.scrollHeight));
      await page.waitForFunction(
        ([one, before]) => one.scrollHeight > before || one.innerText.includes("package-2099"),
        [await list.elementHandle(), height],
      );
    }
    await last.waitFor();
    await page.getByText("2,100 packages").waitFor();
    assert.ok((await drawn()) < 60, `${await drawn()} rows are drawn`);
    await page.getByRole("checkbox", { name: "Choose package-2099 1.0.0" }).check();
    await page.getByRole("searchbox", { name: "Name starts with" }).fill("package-20");
    await page.getByText("100 packages", { exact: true }).waitFor();
    await page.waitForURL(/prefix=package-20/);
    await page.getByRole("link", { name: "package-2000" }).waitFor();
    await page.getByRole("region", { name: "Chosen versions" }).getByText("package-2099 1.0.0").waitFor();
  }),
);
