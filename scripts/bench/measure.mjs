// What the measurements share: medians, the API with a session, and the way a map is panned.

/** The middle value. */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The value that only one in twenty exceeds. */
export function nearlyWorst(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.95)];
}

/** Runs the steps `times` times, one after the other, and returns what each of them returned. */
export async function repeat(times, steps) {
  const results = [];
  for (let turn = 0; turn < times; turn++) results.push(await steps(turn));
  return results;
}

/** Exchanges the one-time link for a session and returns a function that asks the API; with a body, it posts. */
export async function api(running) {
  const ask = async (path, options = {}) => {
    const answer = await fetch(new URL(path, running.dashboard), options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { token } = await ask("/api/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret: running.sign_in.split("#k=")[1] }),
  });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return (path, body) => ask(path, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
}

/** The API's address of the first domain of the first connection. */
export async function firstDomain(ask) {
  const [{ key }] = await ask("/api/connections");
  const [{ name }] = await ask(`/api/connections/${key}/domains`);
  return { key, name, path: `/api/connections/${key}/domains/${name}` };
}

/** Waits for the User Timing measure `map` and returns how long it took, in milliseconds. */
export async function mapMeasure(page) {
  const found = await page.waitForFunction(() => performance.getEntriesByName("map", "measure").at(-1)?.duration, null, {
    timeout: 60_000,
  });
  return found.jsonValue();
}

/** Turns the wheel over the card in the middle of the map until cards can be read. */
export async function zoomUntilReadable(page) {
  const middle = await page.evaluate(() => {
    const centres = [...document.querySelectorAll("[data-repository], .react-flow__node")]
      .map((card) => card.getBoundingClientRect())
      .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }));
    const away = ({ x, y }) => Math.hypot(x - innerWidth / 2, y - innerHeight / 2);
    return centres.sort((one, other) => away(one) - away(other))[0];
  });
  await page.mouse.move(middle.x, middle.y);
  for (let turn = 0; turn < 60 && (await firstCard(page)).width < 160; turn++) await page.mouse.wheel(0, -120);
}

/**
 * Drags the map to and fro for two seconds and returns the times between frames, in milliseconds: the median, and the
 * one that only one in twenty exceeds. Drags by a spot where no card lies: the peer would move the card instead.
 */
export async function panFrames(page) {
  const spot = await page.evaluate(() => {
    const free = (x, y) => !document.elementFromPoint(x, y)?.closest("[data-repository], .react-flow__node, button, aside");
    for (let y = innerHeight * 0.3; y < innerHeight * 0.9; y += 7)
      for (let x = innerWidth * 0.4; x < innerWidth * 0.6; x += 7) if (free(x, y)) return { x, y };
    return null;
  });
  if (!spot) throw new Error("no free spot on the map to drag it by");
  const before = await firstCard(page);
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.down();
  await page.evaluate(() => {
    const frames = (window.frames = []);
    const note = (now) => {
      frames.push(now);
      if (window.frames === frames) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  const end = Date.now() + 2_000;
  for (let step = 1; Date.now() < end; step++) {
    await page.mouse.move(spot.x + 250 * Math.sin(step / 10), spot.y + 150 * Math.sin(step / 7));
  }
  await page.mouse.move(spot.x + 100, spot.y + 60);
  const frames = await page.evaluate(() => {
    const seen = window.frames;
    window.frames = null;
    return seen;
  });
  const now = await firstCard(page);
  if (Math.hypot(now.x - before.x, now.y - before.y) < 20) throw new Error("the map did not move with the pointer");
  await page.mouse.up();
  const times = frames.slice(1).map((now, index) => now - frames[index]);
  return { median: median(times), nearlyWorst: nearlyWorst(times) };
}

/** Place and size of the card that stands first in the document. */
function firstCard(page) {
  return page.evaluate(() => {
    const { x, y, width } = document.querySelector("[data-repository], .react-flow__node").getBoundingClientRect();
    return { x, y, width };
  });
}
