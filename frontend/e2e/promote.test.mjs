// Promotion by a click, and the real aws CLI as its witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { enabled, eventually } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { archive, listVersions, replaceInstaller, shell } from "./headwater.mjs";
import { chooseInList, chooseTarget, promote, promoteButton, reason, review, row } from "./promoting.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const tray = (page) => page.getByRole("region", { name: "Chosen versions" });

/** What the clipboard holds, as a person finds out: by pasting. */
async function pasted(page) {
  const box = page.getByRole("textbox", { name: "Reason" });
  await box.focus();
  await page.keyboard.press("Control+V");
  return eventually(async () => {
    const text = await box.inputValue();
    assert.notEqual(text, "", "something is pasted");
    return text;
  });
}

test(
  "a version chosen in the list is promoted to production, and the aws CLI sees it there",
  fresh(async (page, { running, at }) => {
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0"]);
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await tray(page).getByText("1 version", { exact: true }).waitFor();
    await review(page, "production");
    await row(page, "billing-sdk", "0.9.2", "new").waitFor();
    await promote(page, "1 version promoted");
    await row(page, "billing-sdk", "0.9.2", "copied").getByRole("button", { name: "Copy request id" }).waitFor();
    await page.getByRole("group", { name: "From team-dev to production" }).waitFor();
    await page.getByText("Reason: Release 24.11").waitFor();
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0", "0.9.2"]);
  }),
);

test(
  "a version chosen on its package page is promoted to staging",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/package?format=pypi&package=acme-billing"));
    await page.getByRole("checkbox", { name: "Choose 1.2.0 of team-dev" }).check();
    await review(page, "staging");
    await promote(page, "1 version promoted");
    assert.deepEqual(await listVersions(running, "staging", "pypi", "acme-billing"), ["1.0.0", "1.1.0", "1.2.0"]);
  }),
);

test(
  "the button beside a version leads straight to its plan",
  fresh(async (page, { at }) => {
    await page.goto(at("/package?format=npm&package=billing-sdk"));
    await page.getByRole("button", { name: "Promote billing-sdk 0.9.2 from team-dev" }).first().click();
    await chooseTarget(page, "production");
    await row(page, "billing-sdk", "0.9.2", "new").waitFor();
  }),
);

test(
  "the plan tells new, same, different with its files, and blocked with its cause",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/package?format=npm&namespace=acme&package=core"));
    for (const version of ["2.3.1", "2.3.0"])
      await page.getByRole("checkbox", { name: `Choose ${version} of team-dev` }).check();
    await page.goto(at("/package?format=npm&namespace=acme&package=ui"));
    await page.getByRole("checkbox", { name: "Choose 1.4.0 of team-dev" }).check();
    await chooseInList(
      page,
      at("/repositories/team-dev"),
      ["installer 5.2.0"].map((name) => `acme/${name}`),
    );
    await tray(page).getByText("4 versions", { exact: true }).waitFor();
    await archive(running, "generic", "acme", "installer", "5.2.0");
    await review(page, "staging");
    await row(page, "@acme/core", "2.3.1", "new").waitFor();
    await row(page, "@acme/core", "2.3.0", "same").waitFor();
    await row(page, "@acme/ui", "different", "package.tgz has other bytes").waitFor();
    await row(page, "acme/installer", "blocked", "rchived").waitFor();
    await page.getByText("1 version there with other content").waitFor();
    assert.equal(await promoteButton(page).textContent(), "Promote 1 version");
    await page.getByRole("button", { name: "Leave out @acme/ui 1.4.0" }).click();
    await row(page, "@acme/ui").waitFor({ state: "detached" });
    await promote(page, "1 version promoted");
    assert.ok((await listVersions(running, "staging", "npm", "core", "acme")).includes("2.3.1"));
  }),
);

test(
  "a version that cannot be promoted says why and is not chosen",
  fresh(async (page, { at }) => {
    await page.goto(at("/package?format=npm&namespace=acme&package=core"));
    const box = page.getByRole("checkbox", { name: "Choose 2.1.0 of team-dev" });
    await box.click({ force: true });
    assert.equal(await box.isChecked(), false);
    await page.getByRole("status").getByText("It is archived, and its files cannot be read.").waitFor();
    assert.equal(await tray(page).count(), 0);
  }),
);

test(
  "a promotion has one source: a second one is refused and nothing is lost",
  fresh(async (page, { at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await page.goto(at("/repositories/team-data"));
    await page
      .getByText(/The tray holds 1 version of team-dev, and a promotion has one source/)
      .first()
      .waitFor();
    await page.getByRole("checkbox", { name: /^Choose acme-etl 2\.0\.1/ }).click({ force: true });
    await tray(page).getByText("billing-sdk 0.9.2").waitFor();
    await tray(page).getByText("1 version", { exact: true }).waitFor();
  }),
);

test(
  "the plan shows which npm tags move, and they move",
  fresh(async (page, { at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "billing-sdk", "latest 0.9.0 → 0.9.2").waitFor();
    await page.getByText("1 npm tag set").waitFor();
    await promote(page, "1 version promoted");
    // A plan made now has nothing left to do: same content, and no tag that would move.
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    await row(page, "billing-sdk", "same").waitFor();
    assert.equal(await promoteButton(page).getAttribute("aria-disabled"), "true");
    await page.getByText("Nothing here would be copied.").first().waitFor();
  }),
);

test(
  "without a reason the button says so and nothing is copied",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await review(page, "production");
    const button = promoteButton(page);
    await button.click({ force: true });
    await page.getByRole("status").getByText("Give a reason first.").waitFor();
    await page.getByText("Give a reason first.").first().waitFor();
    assert.deepEqual(await listVersions(running, "production", "npm", "billing-sdk"), ["0.9.0"]);
    await reason(page, "x".repeat(501));
    await page
      .getByText(/The reason is 1 character too long\./)
      .first()
      .waitFor();
    await reason(page, "Release 24.11");
    await enabled(button);
  }),
);

test(
  "map and lists show what was promoted at once, without a reload",
  fresh(async (page, { at }) => {
    await page.goto(at(""));
    const card = page.locator('[role=option][data-repository="production"]');
    await card.getByText(/^npm 5 · pypi 2$/).waitFor();
    await page.evaluate(() => (window.neverReloaded = true));
    await page
      .getByRole("navigation", { name: "Domain" })
      .getByRole("link", { name: /production/ })
      .click();
    await page.getByText("7 packages").waitFor();
    await page
      .getByRole("navigation", { name: "Domain" })
      .getByRole("link", { name: /team-dev/ })
      .click();
    await page.getByRole("checkbox", { name: "Choose acme/installer 5.2.0", exact: true }).check();
    await page.getByRole("checkbox", { name: "Choose billing-sdk 0.9.2", exact: true }).check();
    await review(page, "production");
    await promote(page, "2 versions promoted");
    assert.equal(await tray(page).count(), 0);
    await page.getByRole("link", { name: "Open production" }).click();
    await page.getByText("8 packages").waitFor();
    await row(page, "billing-sdk", "0.9.2").waitFor();
    await page.getByRole("navigation", { name: "Domain" }).getByRole("link", { name: "Map" }).click();
    await card.getByText(/generic 1/).waitFor();
    assert.equal(await page.evaluate(() => window.neverReloaded), true);
  }),
);

test(
  "the copied aws commands do the same when a shell runs them",
  fresh(async (page, { running, at }) => {
    await page.goto(at("/package?format=npm&namespace=acme&package=core"));
    for (const version of ["2.3.0", "2.3.1"])
      await page.getByRole("checkbox", { name: `Choose ${version} of team-dev` }).check();
    await chooseInList(page, at("/repositories/team-dev"), ["acme/installer 5.2.0"]);
    await review(page, "production");
    const shown = await page.getByLabel("Command", { exact: true }).textContent();
    await page.getByRole("button", { name: "Copy command" }).click();
    await page.getByRole("status").getByText("Copied the command.").waitFor();
    const copied = await pasted(page);
    assert.equal(copied.trim(), shown.trim());
    assert.equal(copied.match(/aws codeartifact copy-package-versions/g).length, 2);
    await shell(running, copied);
    assert.deepEqual(await listVersions(running, "production", "npm", "core", "acme"), ["2.2.0", "2.3.0", "2.3.1"]);
    assert.deepEqual(await listVersions(running, "production", "generic", "installer", "acme"), ["5.2.0"]);
    await page.getByRole("button", { name: "Read anew" }).click();
    await row(page, "acme/installer", "same").waitFor();
    assert.equal(await page.getByText("Same thing, by command").count(), 0);
  }),
);

test(
  "the command pins what was seen: run after the source has changed, it copies nothing",
  fresh(async (page, { running, at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["acme/installer 5.2.0"]);
    await review(page, "production");
    const command = await page.getByLabel("Command", { exact: true }).textContent();
    await replaceInstaller(running);
    assert.match(await shell(running, command), /MISMATCHED_REVISION/);
    await assert.rejects(
      listVersions(running, "production", "generic", "installer", "acme"),
      /ResourceNotFoundException/,
    );
  }),
);

test(
  "what is in the tray survives a reload",
  fresh(async (page, { at }) => {
    await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2"]);
    await page.reload();
    await tray(page).getByText("billing-sdk 0.9.2").waitFor();
    await tray(page).getByRole("button", { name: "Take billing-sdk 0.9.2 out" }).click();
    await tray(page).waitFor({ state: "detached" });
    await page.goto(at("/promote"));
    await page.getByText("Nothing is chosen to promote").waitFor();
  }),
);
