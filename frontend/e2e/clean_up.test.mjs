// A whole domain taken away in the page, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws } from "./headwater.mjs";
import { field, machine, stands } from "./set_up.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);

const rows = (page) => page.getByRole("list", { name: "Progress" }).getByRole("listitem");
const confirmName = (page) => field(page, "Its name, to confirm");
const deleteAll = (page) => page.getByRole("button", { name: "Delete all of it" }).click();

test(
  "a whole domain is taken away in the order that works; a failure in the middle says what is left, and the second press ends it",
  fresh(
    async (page, { running, at }) => {
      const document = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "codeartifact:ReadFromRepository", Resource: "*" }],
      });
      const team = ["--domain", "acme", "--repository", "team-dev"];
      await aws(running, "put-repository-permissions-policy", ...team, "--policy-document", document);
      await page.goto(at("/settings"));
      await page.getByRole("link", { name: /^Clean up/ }).click();
      await page.getByRole("heading", { level: 1, name: "Clean up acme" }).waitFor();
      await page.getByText(/^7 repositories with [0-9]+ packages/).waitFor();
      // Seven repositories, two policies (the story has one of its own), the domain.
      await page.getByText("In this order: 10 calls").waitFor();
      await settled(page);
      await assertAccessible(page);
      await page.getByRole("button", { name: "Delete all of it" }).click({ force: true });
      await page.getByRole("status").getByText("Type acme to confirm.").waitFor();

      let broken = 0;
      await page.route(/\/repositories\/team-dev$/, (route) =>
        broken++ === 0 ? route.abort("connectionrefused") : route.continue(),
      );
      await confirmName(page).fill("acme");
      await deleteAll(page);
      await page.getByRole("alert").getByText("Not everything could be deleted.").waitFor();
      const failed = rows(page).filter({ hasText: "Delete the repository team-dev" });
      assert.match(await failed.textContent(), /failed/);
      assert.match(await rows(page).first().textContent(), /Delete the policy of production.*done/);
      assert.match(await rows(page).nth(1).textContent(), /Delete the policy of team-dev.*done/);
      assert.match(await rows(page).last().textContent(), /Delete the domain acme.*not done/);
      const { repositories } = await aws(running, "list-repositories-in-domain", "--domain", "acme");
      const left = repositories.map(({ name }) => name);
      assert.ok(left.includes("team-dev") && left.includes("npm-store") && !left.includes("production"), left.join());
      await page.getByText(`In this order: ${left.length + 1} calls`).waitFor();
      await settled(page);
      await assertAccessible(page);

      await deleteAll(page);
      await page.getByRole("heading", { name: "There is no domain acme" }).waitFor();
      await assertAccessible(page);
      assert.deepEqual((await aws(running, "list-domains")).domains, []);
      await page.getByRole("link", { name: "Set it up again" }).click();
      await stands(page, 1, "to do").waitFor();
    },
    { story: "acme", expected: [/ERR_CONNECTION_REFUSED/] },
  ),
);

test(
  "cleaning up is stopped after the call under way, and its commands do the rest",
  fresh(
    async (page, { running, at }) => {
      // The second deletion waits until Stop was clicked, however busy the machine.
      let go;
      const stopped = new Promise((resolve) => (go = resolve));
      let deletions = 0;
      await page.route(/\/domains\/acme\/repositories\/[^/]+/, async (route) => {
        if (route.request().method() === "DELETE" && ++deletions === 2) await stopped;
        await route.continue();
      });
      await page.goto(at("/cleanup"));
      await confirmName(page).fill("acme");
      await deleteAll(page);
      await rows(page).nth(1).getByText("under way").waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      go();
      await page.getByText(/done, [0-9]+ not\. Press again/).waitFor();
      const { repositories } = await aws(running, "list-repositories-in-domain", "--domain", "acme");
      assert.ok(repositories.length > 0, "it was stopped too late");
      await page.getByText(`In this order: ${repositories.length + 1} calls`).waitFor();
      const order = page.getByRole("region", { name: /^In this order/ });
      await machine(running, async (shell) => {
        await shell(await order.getByLabel("Command", { exact: true }).textContent());
      });
      assert.deepEqual((await aws(running, "list-domains")).domains, []);
      await page.getByRole("button", { name: "Read anew" }).click();
      await page.getByRole("heading", { name: "There is no domain acme" }).waitFor();
    },
    { story: "acme", latency: "150ms", expected: [/status of 404/] },
  ),
);
