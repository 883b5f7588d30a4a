// Many versions of a package changed at once, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, eventually, settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { archive, aws, shell, startDemo } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const place = "/repositories/team-dev/versions?format=npm&namespace=acme&package=ui";
const what = ["--domain", "acme", "--repository", "team-dev", "--format", "npm", "--namespace", "acme", "--package", "ui"];
const box = (page, version) => page.getByRole("checkbox", { name: `Choose ${version}`, exact: true });
const step = (page, name) => page.getByRole("radio", { name: new RegExp(`^${name}\\b`) });
const form = (page) => page.getByRole("region", { name: "Change the status" });
const press = (page, name) => form(page).getByRole("button", { name, exact: true }).click();
const result = (page) => page.getByRole("region", { name: "Result" });
const chosen = (page, words) => form(page).getByRole("heading", { name: `${words} chosen` }).waitFor();

/** The status of each version of `@acme/ui` in team-dev, as the aws CLI lists them. */
async function statuses(running) {
  const { versions } = await aws(running, "list-package-versions", ...what);
  return Object.fromEntries(versions.map(({ version, status }) => [version, status]).sort());
}

/** Opens the list, from a fresh page. */
async function openList(page, at) {
  await page.goto(at(place));
  await box(page, "1.4.0").waitFor();
}

test(
  "versions are chosen by range, by key and all together, and only legal steps are offered",
  fresh(async (page, { at }) => {
    await page.goto(at("/package?format=npm&namespace=acme&package=ui"));
    // The columns find their order as they are read: a link must not move away below the pointer.
    await settled(page);
    await page.getByRole("link", { name: "Change versions in team-dev" }).click();
    await box(page, "1.4.0").check();
    await chosen(page, "1 version");
    await box(page, "1.3.1").click({ modifiers: ["Shift"] });
    await chosen(page, "3 versions");
    for (const version of ["1.4.0", "1.3.2", "1.3.1"]) assert.ok(await box(page, version).isChecked(), version);
    await box(page, "1.3.1").press("ArrowDown");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "Choose 1.3.0");
    await page.keyboard.press("Space");
    await chosen(page, "4 versions");
    // 1.3.0 is unlisted already: the step is offered for the others, and the reason is said.
    await step(page, "Unlist").check();
    const change = page.getByRole("region", { name: "What would change" });
    await change.getByText("3 versions in team-dev will be Unlisted.").waitFor();
    await change.getByText("1.3.0 is unlisted already").waitFor();
    await assertAccessible(page);
    await page.getByRole("checkbox", { name: "Choose all 5 listed" }).check();
    await chosen(page, "5 versions");
    await page.getByRole("checkbox", { name: "Choose all 5 listed" }).uncheck();
    await chosen(page, "0 versions");
    await box(page, "1.5.0-beta.1").focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await chosen(page, "3 versions");
    await page.keyboard.press("ControlOrMeta+a");
    await chosen(page, "5 versions");
    await page.getByRole("searchbox", { name: "Version contains" }).fill("beta");
    await form(page).getByText("4 of them not listed now.").waitFor();
    // A range over what is chosen already leaves it chosen, in the boxes as well.
    await page.getByRole("searchbox", { name: "Version contains" }).fill("");
    await page.getByRole("combobox", { name: "Status" }).selectOption("Unlisted");
    await page.getByRole("checkbox", { name: "Choose all 1 listed" }).uncheck();
    await chosen(page, "4 versions");
    assert.equal(await step(page, "Publish").count(), 0);
  }),
);

test(
  "many versions are archived together, and the aws CLI sees it",
  fresh(async (page, { running, at }) => {
    await openList(page, at);
    await page.getByRole("checkbox", { name: "Choose all 5 listed" }).check();
    await step(page, "Archive").check();
    await page.getByText("Same thing, by 2 commands: one a status and hundred versions").waitFor();
    await press(page, "Archive 5 versions");
    await result(page).getByRole("heading", { name: "5 versions archived" }).waitFor();
    assert.deepEqual(new Set(Object.values(await statuses(running))), new Set(["Archived"]));
    await settled(page);
    await assertAccessible(page);
    await page.getByRole("button", { name: "Choose other versions" }).click();
    await chosen(page, "0 versions");
  }),
);

test(
  "what is for good asks for its words, and the disposed versions can then only be deleted",
  fresh(async (page, { running, at }) => {
    await openList(page, at);
    await box(page, "1.4.0").check();
    await box(page, "1.3.2").check();
    await step(page, "Dispose").check();
    await form(page).getByRole("button", { name: "Dispose 2 versions" }).click({ force: true });
    await page.getByRole("status").getByText("Type “dispose 2 versions” to confirm.").waitFor();
    assert.equal((await statuses(running))["1.4.0"], "Published");
    await page.getByRole("textbox", { name: "To confirm" }).fill("dispose 2 versions");
    await press(page, "Dispose 2 versions");
    await result(page).getByRole("heading", { name: "2 versions disposed" }).waitFor();
    await page.getByRole("button", { name: "Choose other versions" }).click();
    await page.getByRole("combobox", { name: "Status" }).selectOption("Disposed");
    await page.getByRole("checkbox", { name: "Choose all 2 listed" }).check();
    await chosen(page, "2 versions");
    assert.equal(await page.getByRole("radio").count(), 1);
    await step(page, "Delete").check();
    await page.getByRole("textbox", { name: "To confirm" }).fill("delete 2 versions");
    await press(page, "Delete 2 versions");
    await result(page).getByRole("heading", { name: "2 versions deleted" }).waitFor();
    assert.deepEqual(Object.keys(await statuses(running)), ["1.3.0", "1.3.1", "1.5.0-beta.1"]);
  }),
);

test(
  "what somebody else changed meanwhile is refused alone, and can be looked at again",
  fresh(async (page, { running, at }) => {
    await openList(page, at);
    await page.getByRole("combobox", { name: "Status" }).selectOption("Published");
    await page.getByRole("checkbox", { name: "Choose all 4 listed" }).check();
    await step(page, "Unlist").check();
    await archive(running, "npm", "acme", "ui", "1.3.2");
    await press(page, "Unlist 4 versions");
    await result(page).getByRole("heading", { name: "3 versions unlisted, 1 not" }).waitFor();
    const row = result(page).getByRole("row").filter({ hasText: "1.3.2" });
    await row.getByText("refused").waitFor();
    await row.getByText("MISMATCHED_STATUS").waitFor();
    await settled(page);
    await assertAccessible(page);
    await page.getByRole("button", { name: "Look at the 1 again" }).click();
    await chosen(page, "1 version");
    await page.getByRole("region", { name: "What would change" }).getByText("1 version in team-dev will be Unlisted.").waitFor();
    await press(page, "Unlist 1 version");
    await result(page).getByRole("heading", { name: "1 version unlisted" }).waitFor();
    await eventually(async () => assert.deepEqual(new Set(Object.values(await statuses(running))), new Set(["Unlisted"])));
  }),
);

test(
  "the commands do on a fresh server what the button does",
  fresh(async (page, { running, at }) => {
    const other = await startDemo();
    try {
      for (const name of ["Archive", "Dispose", "Delete"]) {
        await openList(page, at);
        await page.getByRole("checkbox", { name: "Choose all 5 listed" }).check();
        await step(page, name).check();
        const commands = await page.getByRole("region", { name: "Commands" }).getByLabel("Command", { exact: true }).allTextContents();
        assert.equal(commands.length, name === "Archive" ? 2 : 1);
        if (name !== "Archive") await page.getByRole("textbox", { name: "To confirm" }).fill(`${name.toLowerCase()} 5 versions`);
        await press(page, `${name} 5 versions`);
        await result(page).getByRole("heading", { name: /^5 versions/ }).waitFor();
        for (const command of commands) await shell(other, command.replaceAll(running.codeartifact, other.codeartifact));
        assert.deepEqual(await statuses(other), await statuses(running));
      }
      assert.deepEqual(await statuses(running), {});
    } finally {
      await other.stop();
    }
  }),
);
