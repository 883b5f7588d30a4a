// Starts and stops the real binary, and runs the real aws CLI against its embedded CodeArtifact.

import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const root = new URL("../../", import.meta.url).pathname;
const binary = process.env.HEADWATER ?? join(root, "target/release/headwater");
export const awsCli = process.env.AWS_CLI ?? join(root, ".tools/venv/bin/aws");
const startLimit = 30_000;

/**
 * Starts `headwater COMMAND …` on a free port and waits until it serves. A last `{ environment }` adds variables.
 * The answer holds what its ready file says, `log()` with everything it printed, and `stop()`.
 */
export async function start(command, ...options) {
  const { environment = {} } = typeof options.at(-1) === "object" ? options.pop() : {};
  const folder = await mkdtemp(join(tmpdir(), "headwater-"));
  const readyFile = join(folder, "ready.json");
  const began = performance.now();
  const child = spawn(binary, [command, "--listen", "127.0.0.1:0", "--ready-file", readyFile, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: folder, ...environment },
  });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await ended;
    await rm(folder, { recursive: true, force: true });
    return code;
  };
  try {
    const ready = await waitForReadyFile(readyFile, child, () => printed);
    return { ...ready, pid: child.pid, startedIn: performance.now() - began, log: () => printed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the demo: the dashboard on an embedded CodeArtifact with its story. */
export const startDemo = (...options) => start("demo", ...options);

async function waitForReadyFile(path, child, log) {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`headwater ended with ${child.exitCode}: ${log()}`);
    try {
      return JSON.parse(await readFile(path, "utf8"));
    } catch {
      await pause(5);
    }
  }
  throw new Error(`headwater was not ready in time: ${log()}`);
}

/** What a shell needs so that the aws CLI speaks to this CodeArtifact. */
export function awsEnvironment(running) {
  return {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    AWS_ACCESS_KEY_ID: running.access_key_id,
    AWS_SECRET_ACCESS_KEY: running.secret_access_key,
    AWS_REGION: running.region,
    AWS_DEFAULT_REGION: running.region,
    AWS_ENDPOINT_URL: running.codeartifact,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}

/** Runs `aws codeartifact …` and returns its JSON answer. */
export async function aws(running, ...words) {
  const options = { env: awsEnvironment(running) };
  const { stdout } = await promisify(execFile)(awsCli, ["codeartifact", ...words, "--output", "json"], options);
  return stdout.trim() ? JSON.parse(stdout) : null;
}

/** Runs a command as the page offers it for copying, through a real shell, and returns what it printed. */
export async function shell(running, command) {
  const environment = awsEnvironment(running);
  environment.PATH = `${dirname(awsCli)}:${environment.PATH}`;
  const { stdout } = await promisify(execFile)("bash", ["-euc", command], { env: environment });
  return stdout;
}

/** The versions of a package that the aws CLI lists in a repository of acme. */
export async function listVersions(running, repository, format, name, namespace) {
  const scope = namespace ? ["--namespace", namespace] : [];
  const what = ["--domain", "acme", "--repository", repository, "--format", format, "--package", name, ...scope];
  const { versions } = await aws(running, "list-package-versions", ...what);
  return versions.map(({ version }) => version).sort();
}

/** Archives a version of team-dev in acme, as somebody else might at any moment. */
export async function archive(running, format, namespace, name, version) {
  const scope = namespace ? ["--namespace", namespace] : [];
  const what = ["--domain", "acme", "--repository", "team-dev", "--format", format, ...scope, "--package", name];
  const { failedVersions } = await aws(
    running,
    "update-package-versions-status",
    ...what,
    "--versions",
    version,
    "--target-status",
    "Archived",
  );
  if (Object.keys(failedVersions).length > 0) throw new Error(JSON.stringify(failedVersions));
}

/** Deletes acme/installer 5.2.0 of team-dev and publishes other content under the same version. */
export async function replaceInstaller(running) {
  const what = [
    "--domain",
    "acme",
    "--repository",
    "team-dev",
    "--format",
    "generic",
    "--namespace",
    "acme",
    "--package",
    "installer",
  ];
  await aws(running, "delete-package-versions", ...what, "--versions", "5.2.0");
  await publishGeneric(running, "team-dev", "installer", "5.2.0", "#!/bin/sh\necho changed\n");
}

/** Publishes a generic package of one file in acme, under the namespace acme. */
export async function publishGeneric(running, repository, name, version, content) {
  const folder = await mkdtemp(join(tmpdir(), "asset-"));
  try {
    const file = join(folder, "asset");
    await writeFile(file, content);
    const what = [
      "--domain",
      "acme",
      "--repository",
      repository,
      "--format",
      "generic",
      "--namespace",
      "acme",
      "--package",
      name,
    ];
    const hash = createHash("sha256").update(content).digest("hex");
    const asset = ["--asset-name", "installer.sh", "--asset-content", file, "--asset-sha256", hash];
    await aws(running, "publish-package-version", ...what, "--package-version", version, ...asset);
  } finally {
    await rm(folder, { recursive: true });
  }
}
