// The set-up recipe step by step in the page, with real npm and pip on a machine of its own and the aws CLI as the witness.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, enabled, eventually, settled, themes, widths } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws } from "./headwater.mjs";
import { act, command, field, machine, setUp, stands, step, ticked } from "./set_up.mjs";

const held = oneBrowser();
const fresh = (steps, setup) => freshDemo(held, steps, { story: "empty", ...setup });

const domain = ["--domain", "our-company"];

async function repositories(running) {
  const { repositories } = await aws(running, "list-repositories-in-domain", ...domain);
  return repositories.map(({ name }) => name);
}

async function describe(running, repository) {
  return (await aws(running, "describe-repository", ...domain, "--repository", repository)).repository;
}

async function versions(running, repository) {
  const what = ["--repository", repository, "--format", "npm", "--package", "our-utils"];
  const { versions } = await aws(running, "list-package-versions", ...domain, ...what);
  return versions.map(({ version }) => version);
}

test(
  "from an empty account to a package in production, each step by its button or its command, seen by the aws CLI",
  fresh(async (page, { running }) => {
    await page.getByRole("link", { name: "Set up step by step" }).click();
    await page.getByRole("heading", { level: 1, name: "Set-up, step by step" }).waitFor();
    await field(page, "Domain").fill("our-company");
    await field(page, "Store for Python").fill("python-store");
    await field(page, "Your npm package").fill("our-utils");
    await page.waitForURL(/domain=our-company.*pypi-store=python-store.*package=our-utils/);

    await act(page, 1);
    await ticked(page, 1);
    assert.equal((await aws(running, "describe-domain", ...domain)).domain.status, "Active");

    await act(page, 2);
    await ticked(page, 2);
    assert.deepEqual(await repositories(running), ["npm-store", "production", "python-store", "team-dev"]);

    // By the aws CLI, half and then whole: the page sees it by itself.
    const connect = (repository, name) =>
      aws(running, "associate-external-connection", ...domain, "--repository", repository, "--external-connection", name);
    await connect("npm-store", "public:npmjs");
    await stands(page, 3, "1 of 2 done").waitFor();
    await connect("python-store", "public:pypi");
    await ticked(page, 3);

    await act(page, 4);
    await ticked(page, 4);
    const upstreams = async (name) =>
      (await describe(running, name)).upstreams.map(({ repositoryName }) => repositoryName);
    assert.deepEqual(await upstreams("team-dev"), ["npm-store", "python-store"]);
    assert.deepEqual(await upstreams("production"), ["team-dev"]);

    await machine(running, async (shell) => {
      await shell(await command(page, 5));
      await shell("python3 -m json.tool dev-policy.json && python3 -m json.tool prod-policy.json");
      await step(page, 5).getByRole("checkbox", { name: "I have done this" }).check();
      await ticked(page, 5);

      await shell(await command(page, 6));
      await shell(await command(page, 7));
      await ticked(page, 7);
      await ticked(page, 6);

      await shell(await command(page, 8));
      await ticked(page, 8);
      assert.deepEqual(await versions(running, "team-dev"), ["1.0.0"]);
    });

    await act(page, 9);
    await ticked(page, 9);
    assert.deepEqual(await versions(running, "production"), ["1.0.0"]);

    await act(page, 10);
    await ticked(page, 10);
    const policy = await aws(running, "get-repository-permissions-policy", ...domain, "--repository", "team-dev");
    assert.match(policy.policy.document, /codeartifact:PublishPackageVersion/);
    await page.getByText("10 of 10 done").waitFor();
    await settled(page);
    await assertAccessible(page);

    // What was ticked by hand stands in the address; what is there is read again.
    await page.reload();
    await page.getByText("10 of 10 done").waitFor();
  }),
);

test(
  "steps 1 to 4 at one go: a failure in the middle says what was done and what is left, and the second press does that",
  fresh(
    async (page, { running }) => {
      await page.goto(setUp(running));
      await page.getByText("Steps 1 to 4 need 9 calls more.", { exact: false }).waitFor();
      await page.getByText("What it will do").click();
      await page.getByText("Let team-dev take from npm-store, pypi-store").first().waitFor();
      // The fourth call is the repository team-dev: it never arrives.
      let broken = 0;
      await page.route(/\/repositories$/, async (route) => {
        const { name } = route.request().postDataJSON() ?? {};
        if (name === "team-dev" && broken++ === 0) return route.abort("connectionrefused");
        return route.continue();
      });
      const all = page.getByRole("button", { name: "Do all that is left of steps 1 to 4" });
      await all.click();
      const rows = page.getByRole("list", { name: "Progress" }).getByRole("listitem");
      await page.getByRole("alert").getByText("Not everything could be made.").waitFor();
      await page.getByText("3 calls done, 6 not.", { exact: false }).waitFor();
      assert.match(await rows.nth(3).textContent(), /Make the repository team-dev.*failed/);
      assert.match(await rows.nth(8).textContent(), /not done/);
      await stands(page, 2, "2 of 4 done").waitFor();
      await assertAccessible(page);
      assert.deepEqual(await repositories(running), ["npm-store", "pypi-store"]);

      await page.getByText("Steps 1 to 4 need 6 calls more.", { exact: false }).waitFor();
      await all.click();
      for (const number of [1, 2, 3, 4]) await ticked(page, number);
      assert.equal((await repositories(running)).length, 4);
      assert.deepEqual((await describe(running, "production")).upstreams, [{ repositoryName: "team-dev" }]);
    },
    { expected: [/ERR_CONNECTION_REFUSED/] },
  ),
);

test(
  "each command beside a step does what its button does",
  fresh(async (page, { running }) => {
    await page.goto(setUp(running));
    await machine(running, async (shell) => {
      for (const number of [1, 2, 3, 4]) {
        await step(page, number).getByLabel("Command", { exact: true }).waitFor();
        await shell(await command(page, number));
        await ticked(page, number);
      }
      await shell(await command(page, 10));
      await ticked(page, 10);
    });
    assert.equal((await repositories(running)).length, 4);
  }),
);

test(
  "names are checked while they are typed, and the steps keep the last ones that were right",
  fresh(async (page, { running }) => {
    await page.goto(setUp(running));
    await stands(page, 1, "to do").waitFor();
    await field(page, "Domain").fill("Our company");
    await page.getByText(/A domain name has 2 to 50 lower-case letters/).waitFor();
    assert.match(await command(page, 1), /--domain our-company/);
    const make = step(page, 1).getByRole("button", { name: /^Do this step/ });
    await eventually(async () => assert.equal(await make.getAttribute("aria-disabled"), "true"));
    await assertAccessible(page);
    await field(page, "Domain").fill("other-company");
    await eventually(async () => assert.match(await command(page, 1), /--domain other-company/));
    await field(page, "Team repository").fill("production");
    await page.getByText("Two of the repositories are called production.", { exact: false }).waitFor();
    await field(page, "Team repository").fill("web");
    await page.waitForURL(/team=web/);
    await eventually(async () => assert.match(await command(page, 8), /npm publish/));
    assert.match(await command(page, 6), /--repository web/);
    const { domains } = await aws(running, "list-domains");
    assert.deepEqual(domains, []);
  }),
);

test(
  "something else in the place of a store is named and left alone, and production may take from nothing",
  fresh(async (page, { running }) => {
    const make = (name) => aws(running, "create-repository", ...domain, "--repository", name);
    await aws(running, "create-domain", ...domain);
    for (const name of ["npm-store", "pypi-store", "team-dev", "production"]) await make(name);
    const other = ["--repository", "npm-store", "--external-connection", "public:crates-io"];
    await aws(running, "associate-external-connection", ...domain, ...other);
    await page.goto(setUp(running));
    await stands(page, 3, "something is in the way").waitFor();
    await step(page, 3).getByText(/It has public:crates-io/).waitFor();
    await act(page, 3);
    await step(page, 3).getByText("pypi-store fetches from public:pypi").waitFor();
    await eventually(async () => assert.equal((await describe(running, "pypi-store")).externalConnections.length, 1));
    assert.equal((await describe(running, "npm-store")).externalConnections[0].externalConnectionName, "public:crates-io");

    await step(page, 4).getByText("Everything can reach production").waitFor();
    await step(page, 4).getByRole("radio", { name: "No repository: only what is promoted" }).check();
    await page.waitForURL(/production-takes=nothing/);
    await step(page, 4).getByText("Everything can reach production").waitFor({ state: "detached" });
    await act(page, 4, /^Do what is left: /);
    await ticked(page, 4);
    assert.deepEqual((await describe(running, "production")).upstreams, []);
    assert.equal((await describe(running, "team-dev")).upstreams.length, 2);
    await assertAccessible(page);
  }),
);

test(
  "what is there is asked at this moment, and each command beside an answer asks the same",
  fresh(
    async (page, { running, at }) => {
      await page.goto(new URL("/set-up?connection=demo&domain=acme&package=billing-sdk&version=0.9.2", running.dashboard).href);
      const verify = page.getByRole("region", { name: "See for yourself" });
      await verify.getByRole("button", { name: "Ask now" }).click();
      await verify.getByText("0.9.2 is Published").waitFor();
      await verify.getByText(/A token of [0-9,]+ characters came\. It stays in the server\./).waitFor();
      for (const name of ["acme", "npm-store", "billing-sdk (npm)"])
        await verify.getByRole("listitem").filter({ hasText: name }).first().waitFor();
      await verify.getByRole("listitem").filter({ hasText: "/pypi/d/acme-" }).waitFor();
      await settled(page);
      await assertAccessible(page);
      const commands = await verify.getByLabel("Command", { exact: true }).allTextContents();
      assert.equal(commands.length, 6);
      await machine(running, async (shell) => {
        const told = [];
        for (const one of commands) told.push((await shell(one)).stdout);
        assert.match(told[0], /"acme"/);
        assert.match(told[1], /"pypi-store"/);
        assert.match(told[2], /"billing-sdk"/);
        assert.match(told[3], /"Published"/);
        assert.ok(Number(told[4]) > 100);
        assert.match(told[5], /\/npm\/.*\/pypi\//s);
      });
      // A question that cannot be answered hides no other.
      await field(page, "Its version").fill("9.9.9");
      await verify.getByRole("button", { name: "Ask now" }).click();
      await verify.getByText(/A token of [0-9,]+ characters came\. It stays in the server\./).waitFor();
      await verify.getByText(/9\.9\.9/).first().waitFor();
      assert.equal(await verify.getByText("0.9.2 is Published").count(), 0);
      await page.goto(at(""));
    },
    { story: "acme" },
  ),
);

test(
  "while a run is under way its names cannot be changed, and the page says why",
  fresh(async (page, { running }) => {
    await page.goto(setUp(running));
    await step(page, 1).getByRole("button", { name: /^Do this step/ }).waitFor();
    assert.ok(await field(page, "Domain").isEnabled());
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route(/\/domains$/, async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    });
    await act(page, 1);
    await page.getByText("A run is under way with these names.", { exact: false }).waitFor();
    for (const name of ["Domain", "Team repository", "Python package to install"]) {
      await eventually(async () => assert.ok(await field(page, name).isDisabled(), name));
    }
    await assertAccessible(page);
    go();
    await ticked(page, 1);
    await eventually(async () => assert.ok(await field(page, "Domain").isEnabled()));
    assert.deepEqual((await aws(running, "list-domains")).domains.map(({ name }) => name), ["our-company"]);
  }),
);

test(
  "by keyboard, on a telephone, light and dark",
  fresh(
    async (page, { running }) => {
      await page.goto(setUp(running));
      const make = step(page, 1).getByRole("button", { name: /^Do this step/ });
      await enabled(make);
      await make.focus();
      await page.keyboard.press("Enter");
      await ticked(page, 1);
      // A link of the overview leads to its step, and a step folds by keyboard.
      await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: /Publish/ }).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/#step-8$/);
      await step(page, 8).locator("summary").focus();
      await page.keyboard.press("Enter");
      await step(page, 8).getByLabel("Command", { exact: true }).waitFor({ state: "hidden" });
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await settled(page);
        await assertAccessible(page);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= widths.phone.width, `the page is ${wide} wide`);
    },
    { size: widths.phone },
  ),
);
