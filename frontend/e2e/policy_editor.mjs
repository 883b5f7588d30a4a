// What the tests of the policy editor share: its fields, a policy to type, and what the aws CLI says is there.

import assert from "node:assert/strict";

import { open } from "./browser.mjs";
import { aws } from "./headwater.mjs";

export const field = (page, name) => page.getByRole("textbox", { name, exact: true });
export const text = (page) => field(page, "Policy document");
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const command = (page) => page.getByLabel("Command", { exact: true }).first();
export const deletion = (page) => page.getByRole("region", { name: "Delete this policy" });
export const says = (page, words) => page.getByRole("status").getByText(words).waitFor();
export const why = (page, words) => page.locator("form .form-page__why").getByText(words).waitFor();

/** The policy of acme, or of a repository of it, as the aws CLI tells it; null where there is none. */
export async function policyOf(running, repository) {
  const where = ["--domain", "acme", ...(repository ? ["--repository", repository] : [])];
  try {
    return (await aws(running, `get-${repository ? "repository" : "domain"}-permissions-policy`, ...where)).policy;
  } catch (error) {
    if (/ResourceNotFoundException/.test(String(error))) return null;
    throw error;
  }
}

/** A good policy of several lines that allows one action. */
export function allowing(action, principal = "arn:aws:iam::111122223333:root") {
  const statement = { Effect: "Allow", Principal: { AWS: principal }, Action: `codeartifact:${action}`, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}

/** Saves what is typed, and waits until it is saved. What an earlier save announced may stand there still. */
export async function save(page) {
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === "POST" && one.url().endsWith("/policy")),
    button(page, "Save the policy").click(),
  ]);
  assert.ok(answer.ok(), `the save was answered with ${answer.status()}`);
  await says(page, "Saved the policy.");
}

/** Opens the same place in a second browser, signed in as the first. */
export async function second(browser, page, place, setup = {}) {
  const session = await page.evaluate(() => ({ ...sessionStorage }));
  const other = await open(browser, { session, ...setup });
  await other.goto(place);
  await text(other).waitFor();
  return other;
}
