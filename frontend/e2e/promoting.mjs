// The steps of a promotion as a person takes them, for the tests that need one on their way.

/** Ticks the boxes of packages in a repository's list; the names are those of package and shown version. */
export async function chooseInList(page, repository, names) {
  await page.goto(repository);
  for (const name of names) await page.getByRole("checkbox", { name: `Choose ${name}`, exact: true }).check();
}

/** From the tray to the plan for this target. */
export async function review(page, target) {
  await page.getByRole("region", { name: "Chosen versions" }).getByRole("link", { name: "Review promotion" }).click();
  await chooseTarget(page, target);
}

/** Chooses the target and waits for its plan. */
export async function chooseTarget(page, target) {
  await page.getByRole("combobox", { name: "To" }).selectOption(target);
  // In a narrow window the rows say all themselves, and the headings are there for screen readers only.
  await page
    .getByRole("columnheader", { name: `In ${target} now`, includeHidden: true })
    .waitFor({ state: "attached" });
}

/** The row of a package (and version) in the plan or in what came of it. */
export function row(page, ...words) {
  return words.reduce((rows, word) => rows.filter({ hasText: word }), page.getByRole("row"));
}

/** Types the reason. */
export const reason = (page, text) => page.getByRole("textbox", { name: "Reason" }).fill(text);

/** The button that promotes. */
export const promoteButton = (page) => page.getByRole("button", { name: /^Promote( \d+ versions?)?$/ });

/** Gives a reason, promotes, and waits for this heading. */
export async function promote(page, heading, text = "Release 24.11") {
  await reason(page, text);
  await promoteButton(page).click();
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** Saves the plan that is shown, and waits for its own page. */
export async function savePlan(page) {
  await page.getByRole("button", { name: "Save plan" }).click();
  await page.waitForURL(/\/plans\/[0-9a-f]{20}$/);
  await page.getByRole("heading", { level: 1, name: /^Plan: promote/ }).waitFor();
}

/** Starts the promotion that is planned, and waits for the page of its run. */
export async function start(page, text = "Release 24.11") {
  await reason(page, text);
  await promoteButton(page).click();
  await page.waitForURL(/\/runs\/[0-9a-f]{20}$/);
}
