// Publishing files in the page, with the real aws CLI as the witness.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { assertAccessible, eventually, settled, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, setup);
const place = "/repositories/team-dev/publish";
const field = (page, name) => page.getByRole("textbox", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const row = (page, name) => page.getByRole("region", { name: "Files" }).getByRole("listitem").filter({ hasText: name });
const sha256 = (content) => createHash("sha256").update(content).digest("hex");
const file = (name, content) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
const tool = ["--format", "generic", "--namespace", "my-company", "--package", "tool", "--package-version", "1.0.0"];
const where = ["--domain", "acme", "--repository", "team-dev"];

/** The files of the tool as the aws CLI lists them: name and SHA-256. */
async function assetsOf(running) {
  const { assets } = await aws(running, "list-package-version-assets", ...where, ...tool);
  return Object.fromEntries(assets.map(({ name, hashes }) => [name, hashes["SHA-256"]]));
}

async function statusOf(running) {
  const { packageVersion } = await aws(running, "describe-package-version", ...where, ...tool);
  return packageVersion.status;
}

/** Drops files on the page as a person does. */
async function drop(page, files) {
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const [name, content] of files) data.items.add(new File([new Uint8Array(content)], name));
    return data;
  }, files.map(({ name, buffer }) => [name, [...buffer]]));
  const target = page.locator(".drop-files");
  await target.dispatchEvent("dragover", { dataTransfer: data });
  await target.dispatchEvent("drop", { dataTransfer: data });
}

async function choose(page, ...files) {
  await page.getByLabel("Choose files").setInputFiles(files);
  for (const { name } of files) await row(page, name).getByText("ready").waitFor();
}

async function name(page, version = "1.0.0") {
  await field(page, "Namespace").fill("my-company");
  await field(page, "Package").fill("tool");
  await field(page, "Version").fill(version);
}

test(
  "files dropped on the page of a repository are published, and go on after one of them failed",
  fresh(
    async (page, { running, at }) => {
      const [one, two] = [file("a.bin", "one"), file("setup (1).sh", "#!/bin/sh\n")];
      await page.goto(at("/repositories/team-dev"));
      await settled(page);
      await drop(page, [one, two]);
      await page.getByRole("heading", { level: 1, name: "Publish to team-dev" }).waitFor();
      await row(page, "setup (1).sh").getByText(sha256(two.buffer)).waitFor();
      await name(page);
      await page.getByText("my-company/tool 1.0.0 will be new, with 2 files.").waitFor();
      await assertAccessible(page);

      const second = /\/assets\?.*asset=setup/;
      await page.route(second, (route) => route.abort());
      await button(page, "Publish").click();
      await page.getByText("No answer came: whether all of it was published is not known.").waitFor();
      await row(page, "setup (1).sh").getByText("unknown").waitFor();
      assert.deepEqual([await statusOf(running), await assetsOf(running)], ["Unfinished", { "a.bin": sha256("one") }]);
      await page.getByText("1 of these is there already and will not be sent again.").waitFor();
      await assertAccessible(page);

      await page.unroute(second);
      const sent = [];
      page.on("request", (request) => request.method() === "PUT" && sent.push(request.url()));
      await button(page, "Go on").click();
      await page.getByText("Published my-company/tool 1.0.0.").first().waitFor();
      assert.equal(sent.length, 1, "what is there is not sent again");
      assert.equal(await statusOf(running), "Published");
      assert.deepEqual(await assetsOf(running), { "a.bin": sha256("one"), "setup (1).sh": sha256(two.buffer) });
      await assertAccessible(page);

      const folder = await mkdtemp(join(tmpdir(), "download-"));
      try {
        const to = join(folder, "file");
        await aws(running, "get-package-version-asset", ...where, ...tool, "--asset", "setup (1).sh", to);
        assert.equal(await readFile(to, "utf8"), "#!/bin/sh\n");
      } finally {
        await rm(folder, { recursive: true });
      }
      await page.getByRole("link", { name: "my-company/tool 1.0.0" }).click();
      await page.getByRole("heading", { level: 1, name: "my-company/tool" }).waitFor();
    },
    { expected: [/ERR_FAILED/] },
  ),
);

test(
  "files are chosen and published by keyboard alone, at the width of a telephone and in the dark",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at(place));
      await settled(page);
      const choosing = page.waitForEvent("filechooser");
      await page.getByLabel("Choose files").press("Enter");
      const chooser = await choosing;
      await chooser.setFiles([file("a.bin", "one"), file("b.bin", "two"), file("c.bin", "three")]);
      await row(page, "c.bin").getByText("ready").waitFor();
      await button(page, "Remove b.bin").press("Enter");
      await row(page, "b.bin").waitFor({ state: "detached" });
      await name(page);
      await page.getByText("my-company/tool 1.0.0 will be new, with 2 files.").waitFor();
      await assertAccessible(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 390, `${width} wide`);
      await button(page, "Publish").press("Enter");
      await page.getByText("Published my-company/tool 1.0.0.").first().waitFor();
      assert.deepEqual(await assetsOf(running), { "a.bin": sha256("one"), "c.bin": sha256("three") });
      await assertAccessible(page);
    },
    { size: widths.phone, theme: "dark" },
  ),
);

test(
  "what cannot be published says why before anything is sent",
  fresh(async (page, { running, at }) => {
    await page.goto(at(place));
    const why = (words) => page.getByText(words).first().waitFor();
    await why("Choose files first.");
    await choose(page, file("a.bin", "one"));
    await why("Give it a namespace first.");
    await name(page);
    await field(page, "Version").fill("1 0");
    await why("A version has 1 to 255 characters, without white space");
    await why("Correct what is marked in red first.");
    await field(page, "Version").fill("1.0.0");
    await page.getByLabel("Choose files").setInputFiles([file("a#b.bin", "two")]);
    await why("a#b.bin cannot keep its name. A file's name has 1 to 255 letters, digits");
    await assertAccessible(page);
    await button(page, "Publish").click({ force: true });
    await button(page, "Remove a#b.bin").click();
    await row(page, "a#b.bin").waitFor({ state: "detached" });
    await assert.rejects(statusOf(running), /ResourceNotFoundException/);

    await button(page, "Publish").click();
    await page.getByText("Published my-company/tool 1.0.0.").first().waitFor();
    await button(page, "Publish another").click();
    await choose(page, file("a.bin", "other"));
    await field(page, "Version").fill("1.0.0");
    await why("a.bin is in version 1.0.0 already, with other content.");
    await choose(page, file("a.bin", "one"));
    await why("my-company/tool 1.0.0 is there already with exactly these files.");
    await choose(page, file("b.bin", "one"));
    await why("Version 1.0.0 is published already: it takes no more files.");
    await assertAccessible(page);
  }),
);

test(
  "a version that somebody left unfinished is gone on with, and one that is complete is only made visible",
  fresh(async (page, { running, at }) => {
    await page.goto(at(place));
    await choose(page, file("a.bin", "one"), file("b.bin", "two"));
    await name(page);
    // All but the last, as the page itself shows it: the last line of each command is its own.
    const commands = (await page.getByLabel("Command", { exact: true }).textContent()).split(/ &&\n(?=aws )/);
    assert.equal(commands.length, 2);
    assert.ok(commands[0].includes("--unfinished") && !commands[1].includes("--unfinished"));
    const folder = await mkdtemp(join(tmpdir(), "upload-"));
    try {
      await writeFile(join(folder, "a.bin"), "one");
      await writeFile(join(folder, "b.bin"), "two");
      await shell(running, `cd ${folder} && ${commands[0]}`);
      await button(page, "Read anew").click();
      await page.getByText("is unfinished with 1 file; 1 will be sent.").waitFor();
      await page.getByRole("link", { name: "look at it and delete it there" }).waitFor();
      await shell(running, `cd ${folder} && ${commands[1].replace("--asset-sha256", "--unfinished --asset-sha256")}`);
    } finally {
      await rm(folder, { recursive: true });
    }
    await button(page, "Read anew").click();
    await page.getByText("All files of my-company/tool 1.0.0 are there. Publishing makes it visible.").waitFor();
    assert.equal(await statusOf(running), "Unfinished");
    await button(page, "Publish").click();
    await page.getByText("Published my-company/tool 1.0.0.").first().waitFor();
    assert.equal(await statusOf(running), "Published");
  }),
);

test(
  "the commands beside the files do what the button does",
  fresh(async (page, { running, at }) => {
    await page.goto(at(place));
    await choose(page, file("a.bin", "one"), file("two; & (2).bin", "two"));
    await name(page);
    const folder = await mkdtemp(join(tmpdir(), "upload-"));
    try {
      await writeFile(join(folder, "a.bin"), "one");
      await writeFile(join(folder, "two; & (2).bin"), "two");
      await shell(running, `cd ${folder}\n${await page.getByLabel("Command", { exact: true }).textContent()}`);
    } finally {
      await rm(folder, { recursive: true });
    }
    assert.equal(await statusOf(running), "Published");
    assert.deepEqual(await assetsOf(running), { "a.bin": sha256("one"), "two; & (2).bin": sha256("two") });
  }),
);

test(
  "sending can be stopped, and goes on where it stopped",
  fresh(
    async (page, { running, at }) => {
      await page.goto(at(place));
      await choose(page, file("a.bin", "one"), file("b.bin", "two"));
      await name(page);
      const second = /\/assets\?.*asset=b\.bin/;
      let hold;
      const held = new Promise((resolve) => (hold = resolve));
      await page.route(second, (route) => hold(route));
      await button(page, "Publish").click();
      await row(page, "a.bin").getByText("there").waitFor();
      await page.getByRole("progressbar", { name: "Progress of all files" }).waitFor();
      await drop(page, [file("c.bin", "three")]);
      await page.getByRole("status").getByText("Files are being sent.").waitFor();
      assert.equal(await row(page, "c.bin").count(), 0, "nothing is added while files are sent");
      await button(page, "Stop").click();
      await page.getByText("Stopped.").waitFor();
      // Only then: what is still held when the route goes would be sent after all.
      await (await held).abort().catch(() => {});
      await page.unroute(second);
      assert.equal(await statusOf(running), "Unfinished");
      await button(page, "Go on").click();
      await page.getByText("Published my-company/tool 1.0.0.").first().waitFor();
      await eventually(async () => assert.equal(await statusOf(running), "Published"));
    },
    { expected: [/ERR_FAILED/] },
  ),
);
