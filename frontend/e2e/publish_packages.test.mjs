// npm tarballs and Python packages published in the page, and installed by the real npm and pip.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { assertAccessible, settled, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell } from "./headwater.mjs";

const held = oneBrowser();
const place = "/repositories/team-dev/publish";
const where = ["--domain", "acme", "--repository", "team-dev"];
const button = (page, name) => page.getByRole("button", { name, exact: true });
const card = (page, text) => page.getByRole("list", { name: "Packages" }).getByRole("listitem").filter({ hasText: text });
const command = (page) => page.getByLabel("Command", { exact: true }).textContent();

/** Each test has a folder of its own, which is also the home of the clients it runs. */
const fresh = (steps, setup) => (t) =>
  freshDemo(
    held,
    async (page, demo) => {
      const folder = await mkdtemp(join(tmpdir(), "publish-"));
      try {
        const run = (words) => shell(demo.running, `cd ${folder}\nexport HOME=${folder}\n${words}`);
        await steps(page, { ...demo, folder, run });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    // No repository has a new package, and the page asks.
    { ...setup, expected: [/status of 404/] },
  )(t);

/** What `npm pack` makes of a manifest: the name of the file in the folder. */
async function pack({ folder, run }, manifest) {
  // A folder of its own: npm would pack what it keeps in its home as well.
  await mkdir(join(folder, "source"), { recursive: true });
  await writeFile(join(folder, "source/package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "source/README.md"), "# Buttons\n");
  return (await run("cd source && npm pack --silent --pack-destination ..")).trim();
}

/** A wheel of one module: the name of the file in the folder. */
async function wheel({ folder, run }, name, version) {
  const file = `${name}-${version}-py3-none-any.whl`;
  const info = `${name}-${version}.dist-info`;
  const metadata = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nSummary: A tool\nRequires-Dist: requests>=2; extra == "net"\n`;
  const files = {
    [`${name}.py`]: "ANSWER = 42\n",
    [`${info}/METADATA`]: metadata,
    [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${info}/RECORD`]: `${name}.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  await writeFile(join(folder, "files.json"), JSON.stringify(files));
  const script = `import json, zipfile\nwith zipfile.ZipFile("${file}", "w", zipfile.ZIP_DEFLATED) as archive:\n    for path, text in json.load(open("files.json")).items():\n        archive.writestr(path, text)\n`;
  await writeFile(join(folder, "make.py"), script);
  await run("python3 make.py");
  return file;
}

async function hashes(running, ...version) {
  const { assets } = await aws(running, "list-package-version-assets", ...where, ...version);
  return Object.fromEntries(assets.map(({ name, hashes }) => [name, hashes["SHA-256"]]));
}

const sha256 = async (path) => createHash("sha256").update(await readFile(path)).digest("hex");
const buttons = ["--format", "npm", "--namespace", "my-company", "--package", "buttons", "--package-version", "1.2.0"];
const tool = ["--format", "pypi", "--package", "my-tool", "--package-version", "1.0"];
const manifest = { name: "@my-company/buttons", version: "1.2.0", description: "Buttons that can be pressed" };

test(
  "a tarball of npm pack is read, shown and published, and npm installs it",
  fresh(async (page, demo) => {
    const { running, at, folder, run } = demo;
    const file = await pack(demo, { ...manifest, optionalDependencies: { "billing-sdk": "^0.9.0" } });
    await page.goto(at(place));
    await page.getByLabel("Choose files").setInputFiles(join(folder, file));
    const shown = card(page, "@my-company/buttons");
    await shown.getByText("npm package").waitFor();
    await shown.getByText("Buttons that can be pressed").waitFor();
    await shown.getByText("billing-sdk").waitFor();
    await shown.getByText("@my-company/buttons 1.2.0 will be new.").waitFor();
    await assertAccessible(page);
    await button(page, "Publish").click();
    await shown.getByText("Published.").waitFor();
    await assertAccessible(page);
    assert.deepEqual(await hashes(running, ...buttons), { "package.tgz": await sha256(join(folder, file)) });

    const [login] = (await command(page)).split(/\n(?=npm )/);
    await run(`${login}\nmkdir app && cd app && npm init -y >/dev/null && npm install --no-audit --no-fund @my-company/buttons`);
    const installed = JSON.parse(await readFile(join(folder, "app/node_modules/@my-company/buttons/package.json")));
    assert.equal(installed.version, "1.2.0");
    await button(page, "Publish another").click();
    await card(page, "@my-company/buttons").waitFor({ state: "detached" });
  }),
);

test(
  "a wheel is read, shown and published at the width of a telephone and in the dark, and pip installs it",
  fresh(
    async (page, demo) => {
      const { running, at, folder, run } = demo;
      const file = await wheel(demo, "my_tool", "1.0");
      await page.goto(at(place));
      await page.getByLabel("Choose files").setInputFiles(join(folder, file));
      const shown = card(page, "my-tool");
      await shown.getByText("Python wheel").waitFor();
      await shown.getByText("requests").waitFor();
      await shown.getByText("my-tool 1.0 will be new.").waitFor();
      await assertAccessible(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 390, `${width} wide`);
      await button(page, "Publish").click();
      await shown.getByText("Published.").waitFor();
      assert.deepEqual(await hashes(running, ...tool), { [file]: await sha256(join(folder, file)) });
      const login = (await command(page)).split(/\n(?=twine )/)[0].replace("--tool twine", "--tool pip");
      await run(`${login}\npython3 -m pip install --quiet --disable-pip-version-check --no-deps --target site my-tool`);
      await stat(join(folder, "site/my_tool.py"));
    },
    { size: widths.phone, theme: "dark" },
  ),
);

test(
  "what is no package, or would be refused, says why and is not sent",
  fresh(async (page, demo) => {
    const { at, folder, run } = demo;
    const sent = [];
    page.on("request", (request) => request.method() === "PUT" && sent.push(request.url()));
    const taken = await pack(demo, { name: "@acme/ui", version: "1.4.0" });
    const secret = await pack(demo, { name: "secret", version: "1.0.0", private: true });
    const renamed = await wheel(demo, "my_tool", "1.0");
    await run(`mv ${renamed} other-2.0-py3-none-any.whl; echo nothing > broken.tgz`);
    const files = [taken, secret, "other-2.0-py3-none-any.whl", "broken.tgz"];
    await page.goto(at(place));
    await page.getByLabel("Choose files").setInputFiles(files.map((file) => join(folder, file)));
    await card(page, "@acme/ui 1.4.0 is there already, with other content.").waitFor();
    await card(page, "Its file name is not that of my_tool 1.0").waitFor();
    await card(page, "It cannot be read").waitFor();
    await card(page, '"private": true').waitFor();
    await page.getByText("None of these can be published.").first().waitFor();
    await assertAccessible(page);
    await button(page, "Publish").click({ force: true });
    await page.getByRole("status").getByText("None of these can be published.").waitFor();
    assert.deepEqual(sent, []);
    await page.getByRole("radio", { name: "As files of a generic package" }).check();
    await page.getByRole("textbox", { name: "Namespace", exact: true }).waitFor();
  }),
);

test(
  "the commands beside the packages do what the button does",
  fresh(async (page, demo) => {
    const { running, at, folder, run } = demo;
    const files = [await pack(demo, manifest), await wheel(demo, "my_tool", "1.0")];
    await page.goto(at(place));
    await page.getByLabel("Choose files").setInputFiles(files.map((file) => join(folder, file)));
    await card(page, "my-tool 1.0 will be new.").waitFor();
    await card(page, "@my-company/buttons 1.2.0 will be new.").waitFor();
    await run(await command(page));
    assert.deepEqual(await hashes(running, ...buttons), { "package.tgz": await sha256(join(folder, files[0])) });
    assert.deepEqual(await hashes(running, ...tool), { [files[1]]: await sha256(join(folder, files[1])) });
    await button(page, "Read anew").click();
    await card(page, "is there already with exactly this file.").first().waitFor();
    await settled(page);
  }),
);
