// The figures of the server: a cold domain of 200 repositories, and what the demo costs to start and to keep.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import { awsEnvironment, start, startDemo } from "../../frontend/e2e/headwater.mjs";
import { api, firstDomain, median, repeat } from "./measure.mjs";

const root = new URL("../../", import.meta.url).pathname;
const python = `${root}.tools/venv/bin/python`;

/** Seconds for 200 repositories at 60 ms a call: ours cold and warm, and boto3 one call after the other. */
export async function domainFigures() {
  const emulator = await start("emulate", "--story", "company:200", "--latency", "60ms");
  try {
    const runs = await repeat(3, () => coldAndWarm(emulator));
    const script = new URL("sequential.py", import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(python, [script], { env: awsEnvironment(emulator) });
    return {
      cold: median(runs.map((run) => run.cold)),
      warm: median(runs.map((run) => run.warm)),
      sequential: Number(stdout) * 1000,
    };
  } finally {
    await emulator.stop();
  }
}

async function coldAndWarm(emulator) {
  const settings = { environment: awsEnvironment(emulator) };
  const running = await start("serve", "--endpoint-url", emulator.codeartifact, settings);
  try {
    const ask = await api(running);
    const { path } = await firstDomain(ask);
    const read = async () => {
      const began = performance.now();
      const { repositories } = await ask(`${path}/map`);
      if (repositories.length !== 200) throw new Error(`only ${repositories.length} repositories`);
      return performance.now() - began;
    };
    const cold = await read();
    return { cold, warm: median(await repeat(7, read)) };
  } finally {
    await running.stop();
  }
}

/** Milliseconds from start to ready, and bytes of memory when nothing has been asked for a while. */
export async function demoFigures() {
  const starts = await repeat(7, async () => {
    const running = await startDemo();
    await running.stop();
    return running.startedIn;
  });
  const running = await startDemo();
  try {
    await pause(2_000);
    const status = await readFile(`/proc/${running.pid}/status`, "utf8");
    return { ready: median(starts), memory: Number(status.match(/VmRSS:\s+(\d+)/)[1]) * 1024 };
  } finally {
    await running.stop();
  }
}
