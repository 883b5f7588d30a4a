// What the tests of the set-up share: its steps, and a developer's machine.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { awsCli, awsEnvironment } from "./headwater.mjs";

export const setUp = (running, more = "") => new URL(`/set-up?connection=demo&domain=our-company${more}`, running.dashboard).href;
export const step = (page, number) => page.locator(`#step-${number}`);
export const stands = (page, number, word) => step(page, number).locator(".step__head .chip").getByText(word, { exact: true });
export const ticked = (page, number) => stands(page, number, "done").waitFor();
export const act = (page, number, name = /^Do this step: /) => step(page, number).getByRole("button", { name }).click();
export const command = (page, number) => step(page, number).getByLabel("Command", { exact: true }).textContent();
export const field = (page, name) => page.getByRole("textbox", { name, exact: true });

/** A developer's machine in a folder of its own: what a command leaves behind reaches no other. */
export async function machine(running, steps) {
  const folder = await mkdtemp(join(tmpdir(), "machine-"));
  await writeFile(join(folder, "package.json"), '{"name": "work", "private": true}');
  const env = { ...awsEnvironment(running), HOME: folder, PIP_TARGET: join(folder, "site"), npm_config_audit: "false" };
  env.PATH = `${dirname(awsCli)}:${env.PATH}`;
  const options = { cwd: folder, env: { ...env, PIP_NO_INPUT: "1", PIP_DISABLE_PIP_VERSION_CHECK: "1" } };
  try {
    await steps((script) => promisify(execFile)("bash", ["-euc", script], options));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
