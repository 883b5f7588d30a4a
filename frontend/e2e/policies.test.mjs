// A policy generated and a decision explained in the page, with the real aws CLI as the witness of the domain's own.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { assertAccessible, eventually, settled, widths } from "./browser.mjs";
import { freshDemo, oneBrowser, oneDemo } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const at = oneDemo();
const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const generate = "/access/generate";
const explain = "/access/explain";
const document = (page) => page.getByRole("tabpanel").locator("pre");
const json = async (page) => JSON.parse(await document(page).textContent());
const tick = (page, group, name) => page.getByRole("group", { name: group }).getByRole("checkbox", { name, exact: true });
const answer = (page) => page.getByRole("region", { name: "Answer" });
const arn = (resource) => `arn:aws:codeartifact:eu-west-1:111122223333:${resource}`;

test(
  "the access page leads to the generator, and ticking a repository writes the policy",
  at("/access", async (page) => {
    await page.getByRole("link", { name: "Generate a policy" }).click();
    await page.getByRole("heading", { level: 1, name: "Generate a policy" }).waitFor();
    await page.getByText("Choose at least one repository.").waitFor();
    await settled(page);
    await assertAccessible(page);
    await tick(page, "Publishes to", "team-dev").check();
    await eventually(async () => {
      const [first, second] = (await json(page)).Statement;
      assert.ok(first.Resource.some((resource) => resource.endsWith(":package/acme/team-dev/*")));
      // The stores that it takes from are read too, without being asked for.
      assert.ok(first.Resource.some((resource) => resource.endsWith(":repository/acme/npm-store")));
      assert.equal(second.Action, "sts:GetServiceBearerToken");
    });
    assert.equal(await tick(page, "Reads also", "npm-store").isChecked(), true);
    await tick(page, "Reads also", "npm-store").uncheck();
    await eventually(async () => assert.doesNotMatch(await document(page).textContent(), /npm-store/));
    assert.match(page.url(), /role=developer&repositories=team-dev&sources=/);
    await assertAccessible(page);
  }),
);

test(
  "who it is for and the repositories stand in the address, and every form of the policy can be had",
  at(`${generate}?role=promoter&repositories=production&sources=team-dev`, async (page, { running }) => {
    await document(page).waitFor();
    assert.equal(await page.getByRole("radio", { name: "Promoter" }).isChecked(), true);
    const copying = (await json(page)).Statement.find(({ Sid }) => Sid === "Copy");
    assert.equal(copying.Action, "codeartifact:CopyPackageVersions");
    assert.ok(copying.Resource.every((resource) => resource.includes("/production")));

    await page.getByRole("tab", { name: "JSON" }).press("ArrowRight");
    assert.equal(await page.getByRole("tab", { name: "aws commands" }).getAttribute("aria-selected"), "true");
    await document(page).getByText("aws iam create-policy").waitFor();
    await assertAccessible(page);
    // The shell writes the file; what it holds is what the page checks and the explainer reads.
    const folder = await mkdtemp(join(tmpdir(), "policy-"));
    try {
      const commands = await document(page).textContent();
      const [writing] = commands.split("\naws iam create-policy");
      await writeFile(join(folder, "write.sh"), writing);
      await shell(running, `cd '${folder}' && sh write.sh`);
      const written = JSON.parse(await readFile(join(folder, "acme-promoter.json"), "utf8"));
      assert.equal(written.Statement.length, 5);
      await page.getByRole("link", { name: "Who may do what" }).click();
      await page.getByRole("textbox", { name: "Identity policy" }).fill(JSON.stringify(written, null, 2));
      await page.getByText("What IAM has for the user or the role.").waitFor();
      await page.goBack();
    } finally {
      await rm(folder, { recursive: true });
    }

    await page.getByRole("tab", { name: "Terraform" }).click();
    await document(page).getByText('resource "aws_iam_policy" "acme_promoter"').waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download acme-promoter.tf" }).click();
    const saved = await readFile(await (await saving).path(), "utf8");
    assert.match(saved, /^data "aws_iam_policy_document" "acme_promoter" \{/);
  }),
);

test(
  "an administrator has the whole domain, and is warned of",
  at(generate, async (page) => {
    await page.getByRole("radio", { name: "Administrator" }).check();
    await page.getByText("An administrator has the whole domain").waitFor();
    await page.getByText("This allows every action of CodeArtifact").waitFor();
    await page.waitForURL(/role=administrator/);
    await page.getByRole("radio", { name: "Publisher from CI" }).check();
    await tick(page, "Publishes to", "team-dev").check();
    await page.getByLabel("Format", { exact: true }).selectOption("npm");
    await page.getByRole("textbox", { name: "Namespace" }).fill("my company");
    await page.getByText(/A namespace has 1 to 255 characters/).waitFor();
    await page.getByRole("textbox", { name: "Namespace" }).fill("parity");
    await document(page).getByText("package/acme/team-dev/npm/parity/*").waitFor();
    await assertAccessible(page);
  }),
);

test(
  "a request is denied without a policy, the change is offered, and with it the request is allowed",
  at(`${explain}?action=ReadFromRepository&repository=team-dev`, async (page) => {
    await answer(page).getByText("Say who asks").first().waitFor();
    await page.getByRole("textbox", { name: "Who", exact: true }).fill("developer");
    await page.getByText(/Write the ARN of a user/).waitFor();
    await page.getByRole("textbox", { name: "Who", exact: true }).fill("arn:aws:iam::111122223333:role/developer");
    await answer(page).getByText("Denied", { exact: true }).waitFor();
    await settled(page);
    await assertAccessible(page);
    const statement = JSON.parse(await answer(page).getByRole("region", { name: "Statement to add" }).textContent());
    assert.equal(statement.Action, "codeartifact:ReadFromRepository");
    const policy = { Version: "2012-10-17", Statement: [statement] };
    await page.getByRole("textbox", { name: "Identity policy" }).fill(JSON.stringify(policy, null, 2));
    await answer(page).getByText("Allowed", { exact: true }).waitFor();
    await answer(page).getByText(/Statement 1 in the identity policy, line 4/).first().waitFor();
    await assertAccessible(page);
    // What is pasted and who asks stay in the page.
    assert.doesNotMatch(page.url(), /arn|Version|role%2F/);
  }),
);

test(
  "bad input of each kind is said in the field, and what was typed stays",
  at(explain, async (page) => {
    await page.getByRole("textbox", { name: "Who", exact: true }).fill("arn:aws:iam::111122223333:group/devs");
    await page.getByText(/A group makes no requests/).waitFor();
    await page.getByRole("combobox", { name: "Action" }).fill("ReadFromRepo");
    await page.getByText("CodeArtifact has no such action").waitFor();
    await page.getByRole("combobox", { name: "Action" }).fill("PublishPackageVersion");
    await page.getByRole("textbox", { name: "Package" }).fill("react");
    await page.getByLabel("Repository").selectOption("team-dev");
    await page.getByRole("textbox", { name: "Identity policy" }).fill('{"Version": "2012-10-17",}');
    await page.getByText(/Line 1, column 25: Nothing follows after this comma/).waitFor();
    await page.getByText("Boundary and further keys").click();
    await page.getByRole("textbox", { name: "Keys of the request" }).fill("no key");
    await page.getByText(/Line 1: write key=value/).waitFor();
    await assertAccessible(page);
    await page.getByRole("textbox", { name: "Who", exact: true }).fill("arn:aws:iam::111122223333:role/ci");
    await answer(page).getByText(/Name a package as format\/name/).first().waitFor();
    await page.getByRole("textbox", { name: "Package" }).fill("npm/react");
    await answer(page).getByText(/The identity policy cannot be read/).first().waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Package" }).inputValue(), "npm/react");
  }),
);

test(
  "the policy that the aws CLI gave a repository decides, with its statement shown",
  fresh(async (page, { running, at }) => {
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Sid: "Partners", Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "codeartifact:ReadFromRepository", Resource: "*" }],
    };
    const where = ["--domain", "acme", "--repository", "team-dev"];
    await aws(running, "put-repository-permissions-policy", ...where, "--policy-document", JSON.stringify(policy));
    await page.goto(at(`${explain}?action=ReadFromRepository&repository=team-dev`));
    await page.getByRole("textbox", { name: "Who", exact: true }).fill("arn:aws:iam::444455556666:role/build");
    await answer(page).getByText("Denied", { exact: true }).waitFor();
    await answer(page).getByText(/Statement "Partners" in the repository's policy/).first().waitFor();
    await page.getByLabel("Fill in a generated policy").selectOption("consumer");
    await answer(page).getByText("Allowed", { exact: true }).waitFor();
    await answer(page).getByText(/From another account both are needed/).first().waitFor();
    await assertAccessible(page);

    await page.getByRole("combobox", { name: "Action" }).fill("GetAuthorizationToken");
    await answer(page).getByText("sts:GetServiceBearerToken").first().waitFor();
    await answer(page).getByRole("link", { name: "Edit the domain's policy" }).click();
    await page.getByRole("heading", { level: 1, name: /Access to/ }).waitFor();
  }),
);

test(
  "another repository is asked by choosing it, and its own policy decides",
  fresh(async (page, { running, at }) => {
    const readers = (Sid) => ({
      Version: "2012-10-17",
      Statement: [{ Sid, Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "codeartifact:ReadFromRepository", Resource: "*" }],
    });
    const put = (name, policy) => {
      const where = ["--domain", "acme", "--repository", name, "--policy-document", JSON.stringify(policy)];
      return aws(running, "put-repository-permissions-policy", ...where);
    };
    await put("team-dev", readers("Team"));
    await put("staging", readers("Stage"));
    await page.goto(at(`${explain}?action=ReadFromRepository&repository=team-dev`));
    await page.getByRole("textbox", { name: "Who", exact: true }).fill("arn:aws:iam::444455556666:role/build");
    for (const [name, decides, not] of [
      ["team-dev", "Team", "Stage"],
      ["staging", "Stage", "Team"],
      ["team-dev", "Team", "Stage"],
    ]) {
      await page.getByRole("combobox", { name: "Repository" }).selectOption(name);
      await page.waitForURL(new RegExp(`repository=${name}`));
      await answer(page).getByText(new RegExp(`Statement "${decides}" in the repository's policy`)).first().waitFor();
      await answer(page).getByText(`repository/acme/${name}`, { exact: false }).first().waitFor();
      assert.equal(await answer(page).getByText(new RegExp(`Statement "${not}"`)).count(), 0);
    }
    await answer(page).getByRole("link", { name: "GetAuthorizationToken" }).click();
    await answer(page).getByText("sts:GetServiceBearerToken").first().waitFor();
  }),
);

for (const [name, place] of Object.entries({
  generator: `${generate}?role=developer&repositories=team-dev`,
  explanation: `${explain}?action=ReadFromRepository&repository=team-dev`,
})) {
  test(
    `the ${name} fits a telephone`,
    at(
      place,
      async (page) => {
        await page.getByRole("heading", { level: 1 }).waitFor();
        await settled(page);
        const wide = await page.evaluate(() => window.document.documentElement.scrollWidth);
        assert.ok(wide <= widths.phone.width, `${wide} pixels wide`);
        await assertAccessible(page);
      },
      { size: widths.phone },
    ),
  );
}

test(
  "everything on the generator is reached and chosen by keyboard",
  at(`${generate}?role=developer`, async (page) => {
    // The next stop after the roles are the repositories, once they are read.
    await tick(page, "Publishes to", "team-dev").waitFor();
    await page.getByRole("radio", { name: "Developer" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(/role=consumer/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.waitForURL(/repositories=/);
    await document(page).waitFor();
    await page.getByRole("tab", { name: "JSON" }).focus();
    await page.keyboard.press("End");
    await document(page).getByText("aws_iam_policy_document").first().waitFor();
  }),
);
