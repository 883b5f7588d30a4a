// The figures that a browser shows: what the first load weighs, how fast the map stands, how smoothly it pans.

import { finish, launch, open, settled, signIn, signInOnce, widths } from "../../frontend/e2e/browser.mjs";
import { startDemo } from "../../frontend/e2e/headwater.mjs";
import { firstDomain, mapMeasure, median, panFrames, repeat, zoomUntilReadable } from "./measure.mjs";
import { servePeer } from "./peer.mjs";

const turns = 7;
const sizes = [50, 500];

/** Bytes of all files of the first load, as they came over the wire; the API's answers are not in it. */
export async function firstLoadBytes(browser) {
  const running = await startDemo();
  try {
    const page = await open(browser);
    await signIn(page, running);
    await settled(page);
    const bytes = await page.evaluate(() =>
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .filter((entry) => !new URL(entry.name).pathname.startsWith("/api/"))
        .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
    );
    await finish(page);
    return bytes;
  } finally {
    await running.stop();
  }
}

/** Per size: milliseconds from click to painted map, ours and the peer's, and the frames while panning. */
export async function mapFigures() {
  const figures = {};
  const browser = await launch();
  const peer = await servePeer();
  try {
    for (const size of sizes) figures[size] = await figuresAt(size, browser, peer);
    figures.firstLoad = await firstLoadBytes(browser);
  } finally {
    await browser.close();
    await peer.stop();
  }
  return figures;
}

async function figuresAt(size, browser, peer) {
  const running = await startDemo("--story", `company:${size}`);
  try {
    const session = await signInOnce(browser, running);
    peer.show(await graphOf(running, session));
    return { ...(await ours(browser, running, session)), ...(await theirs(browser, peer.address)) };
  } finally {
    await running.stop();
  }
}

async function ours(browser, running, session) {
  const durations = await repeat(turns, async () => {
    const page = await open(browser, { session, size: widths.desk });
    await page.goto(running.dashboard);
    await settled(page);
    await page.locator('main a[href^="/c/"]').first().click();
    const duration = await mapMeasure(page);
    await finish(page);
    return duration;
  });
  const page = await open(browser, { session, size: widths.desk });
  await page.goto(running.dashboard);
  await settled(page);
  await page.locator('main a[href^="/c/"]').first().click();
  await mapMeasure(page);
  await settled(page);
  const frames = await panAtBothSizes(page);
  await finish(page);
  return { map: median(durations), frames };
}

async function theirs(browser, address) {
  const durations = await repeat(turns, async () => {
    const page = await open(browser, { size: widths.desk });
    await page.goto(address);
    await page.getByRole("button", { name: "show the map" }).click();
    const duration = await mapMeasure(page);
    await page.context().close();
    return duration;
  });
  const page = await open(browser, { size: widths.desk });
  await page.goto(address);
  await page.getByRole("button", { name: "show the map" }).click();
  await mapMeasure(page);
  const peerFrames = await panAtBothSizes(page);
  await page.context().close();
  return { peerMap: median(durations), peerFrames };
}

/** Frames while panning: with the whole map in view, and with cards of a readable size. */
async function panAtBothSizes(page) {
  const whole = await panFrames(page);
  await zoomUntilReadable(page);
  return { whole, readable: await panFrames(page) };
}

async function graphOf(running, session) {
  const token = Object.values(session)
    .map((value) => value.match(/[A-Za-z0-9_-]{40,}/)?.[0])
    .find(Boolean);
  const ask = async (path) => {
    const answer = await fetch(new URL(path, running.dashboard), { headers: { authorization: `Bearer ${token}` } });
    return answer.json();
  };
  return ask(`${(await firstDomain(ask)).path}/map`);
}
