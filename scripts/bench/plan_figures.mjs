// The figure of planning: 500 versions of 50 packages with what they need, cold, at 60 ms a call.

import { npmPublisher } from "../../frontend/e2e/npm_packages.mjs";
import { awsEnvironment, start } from "../../frontend/e2e/headwater.mjs";
import { api, median, repeat } from "./measure.mjs";

const packages = 50;
const versionsEach = 10;
const publishedAtOnce = 16;

/** Milliseconds until a plan of 500 rows is known with its closure, and until such a plan is saved with the files of each row. */
export async function planFigures() {
  const emulator = await start("emulate", "--story", "acme", "--latency", "60ms");
  try {
    const versions = await publish(emulator);
    const runs = await repeat(3, () => cold(emulator, versions));
    return { known: median(runs.map((run) => run.known)), saved: median(runs.map((run) => run.saved)) };
  } finally {
    await emulator.stop();
  }
}

/** Each package needs the next one of its own, and one that only the source has. */
async function publish(emulator) {
  const publish = await npmPublisher(emulator, "team-dev");
  const manifests = [{ name: "bench-base", version: "1.0.0" }];
  for (let number = 0; number < packages; number++) {
    const dependencies = { "bench-base": "^1.0.0", [`bench-${(number + 1) % packages}`]: "^1.0.0" };
    for (let minor = 0; minor < versionsEach; minor++) {
      manifests.push({ name: `bench-${number}`, version: `1.${minor}.0`, dependencies });
    }
  }
  const waiting = [...manifests];
  const work = async () => {
    for (let manifest = waiting.pop(); manifest; manifest = waiting.pop()) await publish(manifest);
  };
  await Promise.all(Array.from({ length: publishedAtOnce }, work));
  return manifests.slice(1).map(({ name, version }) => ({ package: { format: "npm", namespace: null, name }, version }));
}

async function cold(emulator, versions) {
  const running = await start("serve", "--endpoint-url", emulator.codeartifact, { environment: awsEnvironment(emulator) });
  try {
    const ask = await api(running);
    const [{ key }] = await ask("/api/connections");
    const path = `/api/connections/${key}/domains/acme`;
    const wanted = { from: "team-dev", to: "staging", versions };
    const began = performance.now();
    // Both at once, as the page asks.
    const [{ rows }, closure] = await Promise.all([
      ask(`${path}/promotions/preview`, wanted),
      ask(`${path}/promotions/closure`, wanted),
    ]);
    const known = performance.now() - began;
    if (rows.length !== versions.length || rows.some((row) => row.verdict !== "new")) throw new Error("not all are new");
    if (!closure.rows.some((row) => row.package.name === "bench-base")) throw new Error("the closure is not whole");
    const again = performance.now();
    await ask(`${path}/plans`, { ...wanted, reason: "measuring" });
    return { known, saved: performance.now() - again };
  } finally {
    await running.stop();
  }
}
