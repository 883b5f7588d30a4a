// Policies of domains and repositories edited in the page, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, enabled, eventually, settled, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell, startDemo } from "./headwater.mjs";
import { allowing, button, command, deletion, field, policyOf, save, says, text, why } from "./policy_editor.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);

test(
  "a repository without a policy is given one from an example, and the aws CLI sees it as it was typed",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/team-dev"));
    await page.getByRole("main").getByRole("link", { name: "Access", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Access to team-dev" }).waitFor();
    await why(page, "Write a policy first, or start from an example.");
    await settled(page);
    await assertAccessible(page);
    await button(page, "Write this example").click();
    const change = page.getByRole("region", { name: "What would change" });
    const gains =
      "arn:aws:iam::111122223333:root is newly allowed: PublishPackageVersion, PutPackageMetadata, ReadFromRepository.";
    await change.getByText(gains).waitFor();
    await page.getByText("Nothing to correct.").waitFor();
    await assertAccessible(page);
    const typed = `${await text(page).inputValue()}\n\n`;
    await text(page).fill(typed);
    await save(page);
    await why(page, "Nothing is changed yet.");
    const { document } = await policyOf(running, "team-dev");
    assert.equal(document, typed);
    // The policy of the recipe's last step, word for word.
    assert.deepEqual(JSON.parse(document), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: [
            "codeartifact:ReadFromRepository",
            "codeartifact:PublishPackageVersion",
            "codeartifact:PutPackageMetadata",
          ],
          Resource: "*",
        },
      ],
    });
  }),
);

test(
  "the domain says which repositories have a policy, and its own is edited with what changes shown before",
  fresh(async (page, { running, at }) => {
    await page.goto(at(""));
    await page.getByRole("navigation", { name: "Domain" }).getByRole("link", { name: "Access" }).click();
    const row = (name) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
    await row("production").getByText("1 statement").waitFor();
    await row("team-dev").getByText("None").waitFor();
    await settled(page);
    await assertAccessible(page);
    const before = await policyOf(running);
    // It stands there on one line, and is laid out for reading; that alone changes nothing.
    assert.ok(!before.document.includes("\n"));
    const shown = await text(page).inputValue();
    assert.ok(shown.split("\n").length > 10);
    assert.deepEqual(JSON.parse(shown), JSON.parse(before.document));
    await why(page, "Nothing is changed yet.");
    await text(page).fill(shown.replace("codeartifact:GetAuthorizationToken", "codeartifact:DescribeDomain"));
    const change = page.getByRole("region", { name: "What would change" });
    await change.getByText("arn:aws:iam::111122223333:root is newly allowed: DescribeDomain.").waitFor();
    await change.getByText("arn:aws:iam::111122223333:root is allowed no longer: GetAuthorizationToken.").waitFor();
    assert.equal(await change.locator("ins").count(), 1);
    assert.equal(await change.locator("del").count(), 1);
    await assertAccessible(page);
    await save(page);
    const after = await policyOf(running);
    assert.deepEqual(JSON.parse(after.document).Statement[0].Action, [
      "codeartifact:DescribeDomain",
      "codeartifact:ListRepositoriesInDomain",
    ]);
    assert.notEqual(after.revision, before.revision);
    await row("production").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Access to production" }).waitFor();
  }),
);

test(
  "examples for others ask for the account or the organization, and check it",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/staging/access"));
    const example = page.getByRole("combobox", { name: "Example" });
    await example.selectOption("Another account reads");
    await page.getByText("Give the number of the account first.").first().waitFor();
    await field(page, "Account").fill("1234");
    await page.getByText("An account number has 12 digits.").first().waitFor();
    await button(page, "Write this example").click({ force: true });
    assert.equal(await text(page).inputValue(), "");
    await field(page, "Account").fill("444455556666");
    await button(page, "Write this example").click();
    await page.getByText(/^arn:aws:iam::444455556666:root is newly allowed: DescribePackageVersion,/).waitFor();
    await text(page).fill("");
    await example.selectOption("An organization reads");
    await field(page, "Organization").fill("o-exampleorgid");
    await button(page, "Write this example").click();
    await page.getByText(/^Everybody \(on a condition\) is newly allowed/).waitFor();
    await save(page);
    const { Condition } = JSON.parse((await policyOf(running, "staging")).document).Statement[0];
    assert.deepEqual(Condition, { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } });
  }),
);

test(
  "what is wrong is said as it is typed, with a way to its place, and stops saving; a warning does not",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/team-dev/access"));
    const wrong = {
      "a comma too many": ['{"Version": "2012-10-17",}', /Line 1, column \d+:/],
      "an unknown action": [allowing("ReadFromRepositry"), /Line 9, column 17: .*ReadFromRepositry/],
      "an account that is none": [allowing("ListPackages", "arn:aws:iam::12:root"), /Line 7, column 16:/],
      "no principal": [
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"codeartifact:ListPackages","Resource":"*"}]}',
        /Line 1, column \d+: .*Principal/,
      ],
      "another effect": [allowing("ListPackages").replace("Allow", "Permit"), /Line 5, column 17: .*Permit/],
      "no policy at all": ["[]", /Line 1, column 1:/],
      "too long": [allowing("ListPackages") + " ".repeat(7168), /Line 1, column 1: .*7168/],
      "nothing but space": ["  \n ", /Write a policy first/],
    };
    for (const [what, [typed, reason]] of Object.entries(wrong)) {
      await text(page).fill(typed);
      await why(page, reason);
      await button(page, "Save the policy").click({ force: true });
      assert.equal(await button(page, "Save the policy").getAttribute("aria-disabled"), "true", what);
    }
    await text(page).fill(allowing("ReadFromRepositry"));
    await page.getByText("1 error.").waitFor();
    await page.getByText(/ReadFromRepository/).first().waitFor();
    await assertAccessible(page);
    await button(page, "Line 9, column 17").press("Enter");
    const caret = await text(page).evaluate((element) => [document.activeElement === element, element.selectionStart]);
    const typed = allowing("ReadFromRepositry");
    assert.deepEqual(caret, [true, typed.indexOf('"codeartifact:')]);
    assert.equal(await policyOf(running, "team-dev"), null);
    await text(page).fill(allowing("ListPackages", "*"));
    await page.getByText(/warning.*: it can be saved as it is\./).waitFor();
    await assertAccessible(page);
    await save(page);
    assert.equal((await policyOf(running, "team-dev")).document, allowing("ListPackages", "*"));
  }),
);

test(
  "tidying up changes white space only, and discarding can be undone",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/access"));
    const before = await text(page).inputValue();
    const wide = before.replaceAll("\n", "\n\n   ");
    await text(page).fill(wide);
    await page.getByText("Only white space changes: the policy says the same.").waitFor();
    await button(page, "Tidy up").click();
    assert.equal(await text(page).inputValue(), before);
    await text(page).fill(allowing("DescribeDomain"));
    await button(page, "Discard changes").click();
    assert.equal(await text(page).inputValue(), before);
    await button(page, "Bring back what I typed").click();
    assert.equal(await text(page).inputValue(), allowing("DescribeDomain"));
    assert.equal(JSON.parse((await policyOf(running)).document).Statement[0].Sid, "Read");
  }),
);

test(
  "a policy is deleted only when its name is typed, what is lost is said, and another one than was seen stays",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at("/repositories/production/access"));
      const lost =
        "arn:aws:iam::111122223333:root is allowed no longer: DescribePackageVersion, ListPackages, ReadFromRepository.";
      await deletion(page).getByText(lost).waitFor();
      await deletion(page).getByText(/In account 111122223333, what IAM allows stays allowed/).waitFor();
      const confirm = deletion(page).getByRole("button", { name: "Delete for good" });
      await confirm.click({ force: true });
      await says(page, "Type production to confirm.");
      // Somebody saves another one: it is not the one that was to be deleted.
      const where = ["--domain", "acme", "--repository", "production"];
      await aws(running, "put-repository-permissions-policy", ...where, "--policy-document", allowing("ListPackages"));
      await field(page, "Its name, to confirm").fill("production");
      await confirm.click();
      await page.getByText(/The policy of production has changed since you saw it/).waitFor();
      assert.equal((await policyOf(running, "production")).document, allowing("ListPackages"));
      await deletion(page).getByText("arn:aws:iam::111122223333:root is allowed no longer: ListPackages.").waitFor();
      await confirm.click();
      await says(page, "Deleted the policy of the repository.");
      await deletion(page).waitFor({ state: "detached" });
      assert.equal(await policyOf(running, "production"), null);
      await eventually(async () => assert.equal(await text(page).inputValue(), ""));
      await page.getByRole("group", { name: "Start from an example" }).waitFor();
    },
    { expected: [/status of 409/] },
  ),
);

test(
  "each command does what its button does, also on a fresh server, and not over somebody else's policy",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/team-dev/access"));
    const typed = `${allowing("ListPackages").replace("Version", "Id\": \"it's $HOME `x` \\\\ \\u00e9\",\n  \"Version")}\n`;
    await text(page).fill(typed);
    const put = await command(page).textContent();
    assert.ok(!put.includes("--policy-revision"));
    await save(page);
    const byClick = await policyOf(running, "team-dev");
    assert.equal(byClick.document, typed);
    const other = await startDemo();
    try {
      await shell(other, put.replace(running.codeartifact, other.codeartifact));
      assert.equal((await policyOf(other, "team-dev")).document, byClick.document);
    } finally {
      await other.stop();
    }
    await text(page).fill(allowing("DescribeRepository"));
    const replace = await command(page).textContent();
    assert.ok(replace.includes("--policy-revision"));
    await shell(running, replace);
    assert.equal((await policyOf(running, "team-dev")).document, allowing("DescribeRepository"));
    // The revision that it names is no longer the current one.
    await assert.rejects(shell(running, replace), /ConflictException/);
    await button(page, "Read anew").click();
    await why(page, "Nothing is changed yet.");
    await shell(running, await deletion(page).getByLabel("Command", { exact: true }).textContent());
    assert.equal(await policyOf(running, "team-dev"), null);
    await page.goto(at("/access"));
    await shell(running, await deletion(page).getByLabel("Command", { exact: true }).textContent());
    assert.equal(await policyOf(running), null);
  }),
);

test(
  "the editor is used by keyboard alone, and Tab leaves the text",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/repositories/team-dev/access"));
    // The example names the account: until the domain is read, the button says that it cannot be pressed yet.
    await enabled(button(page, "Write this example"));
    await page.getByRole("combobox", { name: "Example" }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await text(page).focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("\n");
    const visited = [];
    for (let step = 0; step < 12 && visited.at(-1) !== "Save the policy"; step += 1) {
      await page.keyboard.press("Tab");
      visited.push(await page.evaluate(() => document.activeElement.textContent));
    }
    assert.equal(visited.at(-1), "Save the policy", visited.join(" | "));
    // What was typed is checked a moment after the last key.
    await enabled(button(page, "Save the policy"));
    await page.keyboard.press("Enter");
    await says(page, "Saved the policy.");
    assert.match((await policyOf(running, "team-dev")).document, /PutPackageMetadata[^]*\n$/);
  }),
);

test(
  "a policy is edited on a telephone in the dark, and nothing runs out of the page",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at("/repositories/production/access"));
      await text(page).fill(allowing("ReadFromRepository", "arn:aws:iam::111122223333:role/with-a-very-long-name-that-does-not-fit"));
      await page.getByRole("region", { name: "What would change" }).waitFor();
      const inside = await page.locator(".domain__page").evaluate((main) => main.scrollWidth <= main.clientWidth);
      assert.ok(inside);
      await assertAccessible(page);
      await save(page);
      assert.match((await policyOf(running, "production")).document, /very-long-name/);
    },
    { theme: "dark", size: widths.phone },
  ),
);
