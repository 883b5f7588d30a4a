// Two people change a policy at the same time, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, eventually, finish, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws } from "./headwater.mjs";
import { allowing, button, policyOf, save, second, text, why } from "./policy_editor.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);

test(
  "two browsers edit the same policy: the second sees three versions, loses nothing and decides",
  fresh(
    async (page, { running, at }) => {
      const place = at("/repositories/production/access");
      await page.goto(place);
      await text(page).waitFor();
      const began = await text(page).inputValue();
      const other = await second(held.browser, page, place);
      await text(other).fill(allowing("DescribeRepository"));
      await save(other);
      const theirs = await policyOf(running, "production");

      await text(page).fill(allowing("ListPackageVersions"));
      await button(page, "Save the policy").click();
      await page.getByRole("alert").getByText(/The policy of production has changed since you saw it/).waitFor();
      const versions = page.getByRole("region", { name: "Somebody changed the policy" });
      await versions.getByText("Somebody saved another policy since you began.").waitFor();
      const compared = (name) => versions.getByRole("group", { name, exact: true });
      assert.equal(await compared("What you began with").textContent(), began);
      await compared(/^What is there now/).locator("ins").getByText(/DescribeRepository/).waitFor();
      await compared(/^What you typed/).locator("ins").getByText(/ListPackageVersions/).waitFor();
      assert.equal(await text(page).inputValue(), allowing("ListPackageVersions"));
      await why(page, "Somebody changed the policy since you began. Choose above what goes on.");
      assert.deepEqual(await policyOf(running, "production"), theirs);
      await assertAccessible(page);

      await versions.getByRole("button", { name: "Take theirs" }).click();
      await page.getByRole("alert").waitFor({ state: "detached" });
      assert.equal(await text(page).inputValue(), allowing("DescribeRepository"));
      await button(page, "Bring back what I typed").click();
      assert.equal(await text(page).inputValue(), allowing("ListPackageVersions"));

      // Once more, and this time mine goes over theirs.
      await text(other).fill(allowing("PublishPackageVersion"));
      await save(other);
      await button(page, "Save the policy").click();
      await versions.getByRole("button", { name: "Edit on" }).click();
      await eventually(async () =>
        assert.ok(await text(page).evaluate((element) => document.activeElement === element)),
      );
      await versions.getByRole("button", { name: "Keep mine over theirs" }).click();
      await save(page);
      assert.equal((await policyOf(running, "production")).document, allowing("ListPackageVersions"));
      await finish(other);
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "two browsers give the same repository its first policy: the second overwrites nothing",
  fresh(
    async (page, { running, at }) => {
      const place = at("/repositories/team-dev/access");
      await page.goto(place);
      await text(page).waitFor();
      const other = await second(held.browser, page, place);
      await text(other).fill(allowing("DescribeRepository"));
      await save(other);
      await text(page).fill(allowing("ListPackages"));
      await button(page, "Save the policy").click();
      const versions = page.getByRole("region", { name: "Somebody changed the policy" });
      await versions.getByText("No policy.").waitFor();
      assert.equal((await policyOf(running, "team-dev")).document, allowing("DescribeRepository"));
      // Deleted meanwhile, it is said as well.
      await aws(running, "delete-repository-permissions-policy", "--domain", "acme", "--repository", "team-dev");
      await button(page, "Read anew").click();
      await versions.waitFor({ state: "detached" });
      await save(page);
      assert.equal((await policyOf(running, "team-dev")).document, allowing("ListPackages"));
      await finish(other);
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "a good save leaves no word of somebody else's change",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/production/access"));
    for (const action of ["ListPackages", "DescribeRepository"]) {
      await text(page).fill(allowing(action));
      // What it says at any moment counts, not what it says in the end.
      await page.evaluate(() => {
        window.noticed = 0;
        const look = () => (window.noticed += document.querySelectorAll(".meanwhile").length);
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
      });
      await save(page);
      await why(page, "Nothing is changed yet.");
      await settled(page);
      assert.equal((await policyOf(running, "production")).document, allowing(action));
      assert.equal(await page.evaluate(() => window.noticed), 0);
    }
  }),
);
