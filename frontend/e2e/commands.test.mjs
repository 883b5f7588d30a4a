// Every change that the page makes, twice: by its button on one server, and by the command that the page shows, run by
// the real aws CLI on a fresh one. Afterwards both servers say the same.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled } from "./browser.mjs";
import { freshDemo, oneBrowser } from "./dashboard.mjs";
import { aws, shell, startDemo } from "./headwater.mjs";
import { chooseInList, promoteButton, reason, review } from "./promoting.mjs";

const held = oneBrowser();
const field = (page, name) => page.getByRole("textbox", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { name }).first();
const said = (page, words) => page.getByRole("status").getByText(words);
/** The part of a page with several forms that has this heading. */
const part = (page, name) => page.locator("form, section.confirm").filter({ has: page.getByRole("heading", { name }) });

const acme = ["--domain", "acme"];
const repository = (name) => [...acme, "--repository", name];
const describe = (name) => ["describe-repository", ...repository(name)];
const version = ["--format", "npm", "--package", "billing-sdk"];
const versions = (name, ...what) => ["list-package-versions", ...repository(name), ...what];
const tags = (what) => ["list-tags-for-resource", "--resource-arn", `arn:aws:codeartifact:eu-west-1:111122223333:${what}`];
const policy = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "codeartifact:DeletePackage", Resource: "*" }] };
const document = JSON.stringify(policy, null, 2);

/** Types the name that a deletion asks for. */
const confirm = (name) => (page) => field(page, "Its name, to confirm").fill(name);
/** Chooses a step in the life of a version, and types the version where it asks for it. */
const step = (name) => async (page) => {
  await page.getByRole("radio", { name, exact: true }).check();
  if (["Dispose", "Delete"].includes(name)) await field(page, "Its version, to confirm").fill("0.9.2");
};
const life = (name, words) => ({
  place: "/package?format=npm&package=billing-sdk&repository=team-dev&version=0.9.2",
  fill: step(name),
  press: `${name} this version`,
  done: (page) => said(page, words),
  read: [versions("team-dev", ...version)],
});

/**
 * Where each change is made (an address after that of the domain; one with `root` stands alone), what is filled in, the
 * button, what says that it is done, and what the aws CLI is asked on both servers afterwards. `before` is done on both
 * servers first.
 */
const changes = {
  "make a domain": {
    root: "/new-domain?connection=demo",
    fill: async (page) => {
      await field(page, "Name").fill("my-company");
      await field(page, "Tags").fill("team=platform\nnote=it's, here");
    },
    press: "Make the domain",
    done: (page) => heading(page, "my-company has no repositories yet"),
    read: [["list-domains"], tags("domain/my-company")],
  },
  "delete a domain": {
    before: [["create-domain", "--domain", "to-go"]],
    root: "/c/demo/to-go/settings",
    fill: confirm("to-go"),
    press: "Delete for good",
    done: (page) => heading(page, "Domains"),
    read: [["list-domains"]],
  },
  "make a repository": {
    place: "/new-repository",
    fill: async (page) => {
      await field(page, "Name").fill("tools");
      await field(page, "Description").fill("Tools; 'ours' & $HOME");
      await field(page, "Tags").fill("team=platform");
    },
    press: "Make the repository",
    done: (page) => said(page, "Made the repository tools."),
    read: [describe("tools"), tags("repository/acme/tools")],
  },
  "delete a repository": {
    place: "/repositories/team-data/settings",
    fill: confirm("team-data"),
    part: "Delete this repository",
    press: "Delete for good",
    done: (page) => said(page, "Deleted the repository team-data."),
    read: [["list-repositories-in-domain", ...acme]],
  },
  "describe a repository anew": {
    place: "/repositories/team-dev/settings",
    part: "Description",
    fill: (page) => field(page, "Description").fill("In \"other\" words"),
    press: "Save the description",
    done: (page) => said(page, "Saved the description."),
    read: [describe("team-dev")],
  },
  "change upstreams": {
    place: "/repositories/team-dev/settings",
    part: "Upstreams",
    fill: async (page) => {
      await page.getByRole("combobox", { name: "Add an upstream" }).selectOption("shared-libs");
      await button(page, "Remove npm-store").click();
    },
    press: "Save the upstreams",
    done: (page) => said(page, "Saved the upstreams."),
    read: [describe("team-dev")],
  },
  "take all upstreams away": {
    place: "/repositories/production/settings",
    part: "Upstreams",
    fill: (page) => button(page, "Remove team-dev").click(),
    press: "Save the upstreams",
    done: (page) => said(page, "Saved the upstreams."),
    read: [describe("production")],
  },
  "take an external connection away": {
    place: "/repositories/npm-store/settings",
    part: /^External connection/,
    fill: () => {},
    press: "Take public:npmjs away",
    done: (page) => said(page, "Took away public:npmjs."),
    read: [describe("npm-store")],
  },
  "make an external connection": {
    before: [["disassociate-external-connection", ...repository("npm-store"), "--external-connection", "public:npmjs"]],
    place: "/repositories/npm-store/settings",
    part: /^External connection/,
    fill: (page) => page.getByRole("combobox", { name: "Public registry" }).selectOption("public:crates-io"),
    press: "Connect",
    done: (page) => said(page, "Connected to public:crates-io."),
    read: [describe("npm-store")],
  },
  "unlist a version": life("Unlist", "0.9.2 is unlisted now."),
  "archive a version": life("Archive", "0.9.2 is archived now."),
  "publish a version again": {
    ...life("Publish", "0.9.2 is published now."),
    before: [["update-package-versions-status", ...repository("team-dev"), ...version, "--versions", "0.9.2", "--target-status", "Archived"]],
  },
  "dispose a version": life("Dispose", "0.9.2 is disposed now."),
  "delete a version": life("Delete", "Deleted 0.9.2."),
  promote: {
    fill: async (page, at) => {
      await chooseInList(page, at("/repositories/team-dev"), ["billing-sdk 0.9.2", "acme-billing 1.2.0"]);
      await review(page, "production");
      await reason(page, "Release 24.11");
    },
    click: (page) => promoteButton(page).click(),
    done: (page) => heading(page, "2 versions promoted"),
    read: [
      versions("production", ...version),
      versions("production", "--format", "pypi", "--package", "acme-billing"),
    ],
  },
  "give a repository a policy": {
    place: "/repositories/team-dev/access",
    part: "Policy of the repository",
    fill: (page) => field(page, "Policy document").fill(document),
    press: "Save the policy",
    done: (page) => said(page, "Saved the policy."),
    read: [["get-repository-permissions-policy", ...repository("team-dev")]],
  },
  "give a domain a policy": {
    before: [["delete-domain-permissions-policy", ...acme]],
    place: "/access",
    part: "Policy of the domain",
    fill: (page) => field(page, "Policy document").fill(document),
    press: "Save the policy",
    done: (page) => said(page, "Saved the policy."),
    read: [["get-domain-permissions-policy", ...acme]],
  },
  "delete the policy of a repository": {
    place: "/repositories/production/access",
    part: "Delete this policy",
    fill: confirm("production"),
    press: "Delete for good",
    done: (page) => said(page, "Deleted the policy of the repository."),
    revision: ["get-repository-permissions-policy", ...repository("production")],
    read: [["get-repository-permissions-policy", ...repository("production")]],
  },
  "delete the policy of a domain": {
    place: "/access",
    part: "Delete this policy",
    fill: confirm("acme"),
    press: "Delete for good",
    done: (page) => said(page, "Deleted the policy of the domain."),
    revision: ["get-domain-permissions-policy", ...acme],
    read: [["get-domain-permissions-policy", ...acme]],
  },
};

/** What the aws CLI says, without what differs between any two servers: times, and the revisions of policies. */
async function read(running, words) {
  try {
    const answer = JSON.stringify(await aws(running, ...words));
    return JSON.parse(answer, (key, value) => {
      if (/Time$/.test(key)) return undefined;
      return value?.document ? { ...value, revision: undefined } : value;
    });
  } catch (error) {
    return String(error).match(/ResourceNotFoundException/)?.[0] ?? Promise.reject(error);
  }
}

const readAll = (running, { read: words }) => Promise.all(words.map((one) => read(running, one)));

/** The command as it is run on another server. A policy has another revision there. */
async function elsewhere(command, running, other, { revision }) {
  const moved = command.replaceAll(running.codeartifact, other.codeartifact);
  if (!revision) return moved;
  const [here, there] = await Promise.all([running, other].map(async (one) => (await aws(one, ...revision)).policy.revision));
  assert.ok(moved.includes(here));
  return moved.replace(here, there);
}

for (const [name, change] of Object.entries(changes)) {
  test(
    `the command shown does what the button does: ${name}`,
    freshDemo(held, async (page, { running, at }) => {
      const other = await startDemo();
      try {
        for (const words of change.before ?? []) await Promise.all([running, other].map((one) => aws(one, ...words)));
        const unchanged = await readAll(other, change);
        if (change.place) await page.goto(at(change.place));
        if (change.root) await page.goto(new URL(change.root, running.dashboard).href);
        await change.fill(page, at);
        const scope = change.part ? part(page, change.part) : page;
        const command = await scope.getByLabel("Command", { exact: true }).first().textContent();
        const translated = await elsewhere(command, running, other, change);
        // What the page is still asking about something would not be there any more, once that is deleted.
        await settled(page);
        await (change.click ? change.click(page) : button(scope, change.press).click());
        await change.done(page).waitFor();
        await shell(other, translated);
        const [clicked, typed] = await Promise.all([readAll(running, change), readAll(other, change)]);
        assert.deepEqual(typed, clicked);
        assert.notDeepEqual(typed, unchanged);
      } finally {
        await other.stop();
      }
    }),
  );
}
