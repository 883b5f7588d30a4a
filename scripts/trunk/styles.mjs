// The last step of chunks.mjs, after Trunk has built the page: makes one sheet of all style sheets, in the order of their links. They are small and
// alike, so together they compress to half of what they are apart, and are one request.

import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) throw new Error("called by Trunk, which scripts/build.sh calls");

const page = join(staging, "index.html");
const text = readFileSync(page, "utf8");
const links = [...text.matchAll(/<link rel="stylesheet" href="(\/[^"]+\.css)"\s*\/?>/g)];
if (links.length === 0) throw new Error("expected links to style sheets in what Trunk wrote");

const sheets = links.map(([, address]) => readFileSync(join(staging, basename(address)), "utf8"));
const whole = sheets.join("\n");
const name = `style-${createHash("sha256").update(whole).digest("hex").slice(0, 16)}.css`;
for (const [, address] of links) rmSync(join(staging, basename(address)));
writeFileSync(join(staging, name), whole);

// The first link's place, so that what stands before and after keeps its order.
const [[first], ...others] = links;
const without = others.reduce((rest, [link]) => rest.replace(link, ""), text);
writeFileSync(page, without.replace(first, `<link rel="stylesheet" href="/${name}">`));
