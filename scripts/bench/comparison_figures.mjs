// The figure of comparing: two repositories of 10,000 versions each, from what the store recorded of them.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { eventually } from "../../frontend/e2e/browser.mjs";
import { awsEnvironment, start } from "../../frontend/e2e/headwater.mjs";
import { npmPublisher } from "../../frontend/e2e/npm_packages.mjs";
import { api, median, repeat } from "./measure.mjs";

const packages = 500;
const versionsEach = 20;
const publishedAtOnce = 16;
// Neither feeds the other, so both can publish the same version.
const sides = ["team-dev", "team-data"];

/** Milliseconds until a whole comparison is known: just after a start, with a store that knows both sides, and once more. */
export async function comparisonFigures() {
  const emulator = await start("emulate", "--story", "acme");
  const data = await mkdtemp(join(tmpdir(), "headwater-bench-"));
  try {
    await Promise.all(sides.map((side) => publish(emulator, side)));
    await serving(emulator, data, record);
    const runs = await repeat(3, () => serving(emulator, data, measure));
    return { cold: median(runs.map((run) => run.cold)), warm: median(runs.map((run) => run.warm)) };
  } finally {
    await emulator.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function publish(emulator, repository) {
  const publishOne = await npmPublisher(emulator, repository);
  const manifests = [];
  for (let number = 0; number < packages; number++) {
    for (let minor = 0; minor < versionsEach; minor++) manifests.push({ name: `bench-${number}`, version: `1.${minor}.0` });
  }
  const work = async () => {
    for (let manifest = manifests.pop(); manifest; manifest = manifests.pop()) await publishOne(manifest);
  };
  await Promise.all(Array.from({ length: publishedAtOnce }, work));
}

async function serving(emulator, data, work) {
  const environment = awsEnvironment(emulator);
  const running = await start("serve", "--endpoint-url", emulator.codeartifact, "--data", data, { environment });
  try {
    const ask = await api(running);
    const [{ key }] = await ask("/api/connections");
    return await work(ask, `/api/connections/${key}/domains/acme`);
  } finally {
    await running.stop();
  }
}

/** Reads both sides from the emulator; they stand in the store when their states are listed. */
async function record(ask, path) {
  await compare(ask, path);
  for (const side of sides) {
    await eventually(async () => {
      const states = await ask(`${path}/repositories/${side}/inventories`);
      if (states.length !== 1) throw new Error(`${side} is not recorded`);
    });
  }
}

async function measure(ask, path) {
  const cold = await timed(() => compare(ask, path));
  return { cold, warm: median(await repeat(5, () => timed(() => compare(ask, path)))) };
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** All pages of the comparison. */
async function compare(ask, path) {
  let versions = 0;
  for (let next = ""; next !== undefined; ) {
    const mark = next && `&next=${encodeURIComponent(next)}`;
    const page = await ask(`${path}/comparison?left=${sides[0]}&right=${sides[1]}${mark}`);
    versions += page.packages.reduce((sum, one) => sum + one.versions.length, 0);
    next = page.next ?? undefined;
  }
  if (versions < packages * versionsEach) throw new Error(`only ${versions} versions were compared`);
}
