// Several connections side by side: who each speaks as, what mends a broken one, and the same names in several.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { assertAccessible, enabled, eventually, finish, launch, open, settled, signIn, widths } from "./browser.mjs";
import { aws, start } from "./headwater.mjs";

let browser;
let one;
let two;

before(async () => {
  [browser, one, two] = await Promise.all([
    launch(),
    start("emulate", "--story", "acme"),
    start("emulate", "--story", "acme"),
  ]);
  await aws(two, "create-domain", "--domain", "labs");
});
after(async () => {
  await browser?.close();
  await Promise.all([one?.stop(), two?.stop()]);
});

const keys = (running, wrong = false) =>
  `aws_access_key_id = ${running.access_key_id}\naws_secret_access_key = ${wrong ? "wrong" : running.secret_access_key}\n`;
const connection = (key, label, running) =>
  `[[connection]]\nkey = "${key}"\nlabel = "${label}"\nprofile = "${key}"\nregion = "${running.region}"\nendpoint_url = "${running.codeartifact}"\n`;
const section = (page, name) => page.getByRole("region", { name, exact: true });

/** Serves these connections with these profiles, and opens the page. `steps` get the paths that have answered, too. */
async function onConnections(connections, profiles, steps, setup) {
  const folder = await mkdtemp(join(tmpdir(), "connections-"));
  const files = { config: join(folder, "connections.toml"), profiles: join(folder, "config") };
  await writeFile(files.config, connections);
  await writeFile(files.profiles, profiles);
  const environment = { AWS_CONFIG_FILE: files.profiles, AWS_SHARED_CREDENTIALS_FILE: join(folder, "none") };
  const serving = await start("serve", "--config", files.config, { environment });
  const page = await open(browser, setup);
  const answered = new Set();
  page.on("response", (one) => answered.add(new URL(one.url()).pathname));
  try {
    await signIn(page, serving);
    await steps(page, files, serving, answered);
  } finally {
    await finish(page).finally(() => serving.stop());
    await rm(folder, { recursive: true });
  }
}

test("three connections stand side by side, and the broken one recovers once it is mended", () =>
  onConnections(
    connection("prod", "Production", one) + connection("labs", "Labs", two) + connection("audit", "Audit", one),
    `[profile prod]\n${keys(one)}[profile labs]\n${keys(two)}`,
    async (page, files, _, answered) => {
      await section(page, "Production").getByText("user emulator").waitFor();
      await section(page, "Production").getByText("from profile prod (keys)").waitFor();
      await section(page, "Production").getByText(`${one.region} · ${one.account}`).waitFor();
      await section(page, "Labs").getByRole("link", { name: "labs" }).waitFor();
      const broken = section(page, "Audit");
      await broken.getByText("There is no profile audit").waitFor();
      await broken.getByText("aws configure --profile audit", { exact: true }).waitFor();
      await eventually(() => assert.ok(answered.has("/api/connections/audit/domains")));
      await settled(page);
      assert.equal(await broken.getByRole("table").count(), 0, "the same trouble is told once");
      await assertAccessible(page);
      const again = broken.getByRole("button", { name: "Try again" });
      await enabled(again);
      // Mended half: the keys are wrong, which is another trouble.
      const good = `[profile prod]\n${keys(one)}[profile labs]\n${keys(two)}`;
      await writeFile(files.profiles, `${good}[profile audit]\n${keys(one, true)}`);
      await again.press("Enter");
      await broken.getByText("AWS does not accept the keys of profile audit").waitFor();
      await writeFile(files.profiles, `${good}[profile audit]\n${keys(one)}`);
      // Until the domains are read as well, the first try is under way.
      await enabled(again);
      await again.press("Enter");
      await broken.getByText("from profile audit (keys)").waitFor();
      await broken.getByRole("link", { name: "acme" }).waitFor();
      await eventually(async () => assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0));
      await broken.getByRole("link", { name: "acme" }).click();
      await page.getByRole("navigation", { name: "Place" }).getByText(`${one.region} · ${one.account}`).waitFor();
    },
    { expected: [/status of 502/] },
  ));

test("the same names in several connections are found and lead there", () =>
  onConnections(
    connection("prod", "Production", one) + connection("labs", "Labs", two),
    `[profile prod]\n${keys(one)}[profile labs]\n${keys(two)}`,
    async (page) => {
      await page.getByRole("link", { name: "Compare connections" }).click();
      const names = page.getByRole("group", { name: "Names by connection" });
      await names.getByRole("row").filter({ hasText: "npm-store" }).waitFor();
      await settled(page);
      await assertAccessible(page);
      assert.equal(await names.getByRole("link", { name: "labs", exact: true }).count(), 0, "it is in one only");
      await page.getByRole("checkbox", { name: "Also names in one connection only" }).check();
      await names.getByRole("link", { name: "labs", exact: true }).waitFor();
      await page.getByRole("searchbox", { name: "Name contains" }).fill("npm-store");
      await names.getByRole("link", { name: "acme/npm-store" }).nth(1).click();
      await page.waitForURL(/\/c\/labs\/acme\/repositories\/npm-store$/);
    },
  ));

test("twelve connections fit on a telephone, and one that does not answer holds up no other", () => {
  const many = Array.from({ length: 11 }, (_, number) => connection(`c${number}`, `Account ${number}`, one)).join("");
  const profiles = Array.from({ length: 11 }, (_, number) => `[profile c${number}]\n${keys(one)}`).join("");
  const dead = { ...one, codeartifact: "http://127.0.0.1:9" };
  return onConnections(
    connection("dead", "Elsewhere", dead) + many,
    `${profiles}[profile dead]\n${keys(one)}`,
    async (page) => {
      await section(page, "Account 10").getByRole("link", { name: "acme" }).waitFor();
      await section(page, "Elsewhere").getByText("Nothing answers at the endpoint").waitFor();
      await settled(page);
      await assertAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `it is ${overflow} too wide`);
    },
    { size: widths.phone, theme: "dark", expected: [/status of 50[24]/] },
  );
});
