// The figure of promoting: 1,000 versions of 50 packages at 60 ms a call, beside the shell loop that people write.

import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import { awsCli, awsEnvironment, start } from "../../frontend/e2e/headwater.mjs";
import { npmPublisher } from "../../frontend/e2e/npm_packages.mjs";
import { api } from "./measure.mjs";

const packages = 50;
const versionsEach = 20;
// A plan has at most 500 rows, so it takes two.
const mostOfAPlan = 500;
const publishedAtOnce = 16;
// The loop does the same thing a thousand times; a part of it tells how long one time is.
const loopMeasured = 40;

/** Milliseconds of ours from the plan to the end of its run, and of the loop; and how many copy calls ours made a second. */
export async function promotionFigures() {
  const emulator = await start("emulate", "--story", "acme", "--latency", "60ms");
  try {
    const versions = await publish(emulator);
    const { ours, calls } = await promote(emulator, versions);
    const loop = (await shellLoop(emulator, versions.slice(0, loopMeasured))) * (versions.length / loopMeasured);
    return { ours, loop, callsPerSecond: calls / (ours / 1000) };
  } finally {
    await emulator.stop();
  }
}

async function publish(emulator) {
  const publishOne = await npmPublisher(emulator, "team-dev");
  const manifests = [];
  for (let number = 0; number < packages; number++) {
    for (let minor = 0; minor < versionsEach; minor++) manifests.push({ name: `bench-${number}`, version: `1.${minor}.0` });
  }
  const waiting = [...manifests];
  const work = async () => {
    for (let manifest = waiting.pop(); manifest; manifest = waiting.pop()) await publishOne(manifest);
  };
  await Promise.all(Array.from({ length: publishedAtOnce }, work));
  return manifests;
}

async function promote(emulator, versions) {
  const running = await start("serve", "--endpoint-url", emulator.codeartifact, { environment: awsEnvironment(emulator) });
  try {
    const ask = await api(running);
    const [{ key }] = await ask("/api/connections");
    const path = `/api/connections/${key}/domains/acme`;
    const chosen = versions.map(({ name, version }) => ({ package: { format: "npm", namespace: null, name }, version }));
    const began = performance.now();
    const parts = [chosen.slice(0, mostOfAPlan), chosen.slice(mostOfAPlan)];
    const runs = await Promise.all(parts.map((part) => planAndRun(ask, path, part)));
    const ours = performance.now() - began;
    const rows = runs.flatMap((run) => run.rows);
    if (rows.length !== versions.length || rows.some((row) => row.state.ended !== "copied")) throw new Error("not all were promoted");
    return { ours, calls: new Set(rows.map((row) => row.request_id)).size };
  } finally {
    await running.stop();
  }
}

async function planAndRun(ask, path, versions) {
  const plan = await ask(`${path}/plans`, { from: "team-dev", to: "staging", versions, reason: "measuring" });
  let run = await ask(`${path}/plans/${plan.id}/runs`, { hash: plan.hash, reason: "measuring" });
  while (run.summary.state !== "ended") {
    await pause(50);
    run = await ask(`${path}/runs/${run.summary.id}`);
  }
  return run;
}

/** One `aws codeartifact copy-package-versions` a version, one after the other. */
async function shellLoop(emulator, versions) {
  const way = ["--domain", "acme", "--source-repository", "team-dev", "--destination-repository", "production"];
  const began = performance.now();
  for (const { name, version } of versions) {
    const one = ["--format", "npm", "--package", name, "--versions", version];
    await promisify(execFile)(awsCli, ["codeartifact", "copy-package-versions", ...way, ...one], { env: awsEnvironment(emulator) });
  }
  return performance.now() - began;
}
