// Prints one table: what is measured, the goal, ours, and the peer in the same run where there is one.

import { mapFigures } from "./browser_figures.mjs";
import { comparisonFigures } from "./comparison_figures.mjs";
import { peerScriptBytes } from "./peer.mjs";
import { planFigures } from "./plan_figures.mjs";
import { promotionFigures } from "./promotion_figures.mjs";
import { demoFigures, domainFigures } from "./server_figures.mjs";

const milliseconds = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const kilobytes = (value) => `${(value / 1000).toFixed(1)} kB`;
const megabytes = (value) => `${(value / 1e6).toFixed(1)} MB`;
const frames = ({ median, nearlyWorst }) => `${milliseconds(median)} (one in twenty over ${milliseconds(nearlyWorst)})`;

const maps = await mapFigures();
const domain = await domainFigures();
const plan = await planFigures();
const promotion = await promotionFigures();
const comparison = await comparisonFigures();
const demo = await demoFigures();

const rows = [
  ["what", "goal", "ours", "peer"],
  ["---", "---", "---", "---"],
  [
    "first load: page, CSS, JavaScript, wasm (brotli)",
    "≤ 200 kB",
    kilobytes(maps.firstLoad),
    `${kilobytes(await peerScriptBytes())} JavaScript of React Flow with dagre, no application`,
  ],
  ["map, click to painted, 50 repositories", "≤ 80 ms", milliseconds(maps[50].map), `${milliseconds(maps[50].peerMap)} React Flow with dagre`],
  ["map, click to painted, 500 repositories", "≤ 250 ms", milliseconds(maps[500].map), `${milliseconds(maps[500].peerMap)} React Flow with dagre`],
  ...["whole", "readable"].map((size) => [
    `panning at 500, ${size === "whole" ? "all in view" : "cards of readable size"}, median frame`,
    "≤ 17 ms",
    frames(maps[500].frames[size]),
    `${frames(maps[500].peerFrames[size])} React Flow`,
  ]),
  [
    "200 repositories at 60 ms a call, cold",
    "≥ 15 × faster",
    `${milliseconds(domain.cold)} (${(domain.sequential / domain.cold).toFixed(1)} ×)`,
    `${milliseconds(domain.sequential)} boto3, one call after the other`,
  ],
  ["the same, warm", "≤ 100 ms", milliseconds(domain.warm), ""],
  ["plan of 500 rows with closure at 60 ms a call, cold", "≤ 2000 ms", milliseconds(plan.known), ""],
  ["saving it, with the files of each row", "", milliseconds(plan.saved), "2500 ms: 500 lists of files at CodeArtifact's 200 a second"],
  [
    "1,000 versions of 50 packages promoted at 60 ms a call, plan and run",
    "≥ 20 × faster, ≤ 5 copies a second",
    `${milliseconds(promotion.ours)} (${(promotion.loop / promotion.ours).toFixed(1)} ×, ${promotion.callsPerSecond.toFixed(1)} a second)`,
    `${milliseconds(promotion.loop)} a shell loop over the aws CLI, one version a call (40 of them measured)`,
  ],
  ["two repositories of 10,000 versions compared, from the store of a server just started", "≤ 2000 ms", milliseconds(comparison.cold), ""],
  ["the same, warm", "≤ 200 ms", milliseconds(comparison.warm), ""],
  ["`headwater demo`: start to ready", "≤ 300 ms", milliseconds(demo.ready), ""],
  ["`headwater demo`: idle memory", "≤ 60 MB", megabytes(demo.memory), ""],
];
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
