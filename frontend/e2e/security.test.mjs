// What the browser itself refuses on our pages, and what other pages get from us.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { open } from "./browser.mjs";
import { oneDemo } from "./dashboard.mjs";

const at = oneDemo();
const refusals = { expected: [/Content.Security.Policy/i, /TrustedHTML|TrustedScript|Trusted Type/i, /violates/] };
const map = (page) => page.getByRole("listbox");

test(
  "the bearer stands in the tab's session storage and nowhere else",
  at("", async (page, { session }) => {
    await map(page).waitFor();
    const bearer = session["headwater.session"];
    assert.ok(bearer.length >= 32);
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.evaluate(() => document.cookie), "");
    assert.ok(!page.url().includes(bearer));
    const elsewhere = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        await indexedDB.databases(),
        await caches.keys(),
        window.name,
        history.state,
      ]),
    );
    assert.ok(!elsewhere.includes(bearer), elsewhere);
  }),
);

test(
  "a second tab has no session of its own and says how to sign in",
  at("", async (page, { browser, running, domain }) => {
    await map(page).waitFor();
    const other = await open(browser);
    await other.goto(new URL(domain, running.dashboard).href);
    await other.getByRole("heading", { name: "Signed out" }).waitFor();
    await other.getByText(/press Enter\. It prints a new sign-in link/).waitFor();
    await other.context().close();
  }),
);

test(
  "code made from strings does not run",
  at(
    "",
    async (page) => {
      await map(page).waitFor();
      // In a timer, because what the test itself evaluates is exempt from the page's policy.
      const outcomes = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const attempt = (run) => {
              try {
                run();
                return "it ran";
              } catch (error) {
                return error.name;
              }
            };
            setTimeout(() => {
              const evaluated = attempt(() => (0, eval)("window.__ran = 1"));
              const constructed = attempt(() => new Function("window.__ran = 1")());
              const timed = attempt(() => setTimeout("window.__ran = 1", 0));
              setTimeout(() => resolve({ evaluated, constructed, timed, ran: window.__ran ?? null }), 50);
            }, 0);
          }),
      );
      assert.equal(outcomes.ran, null);
      assert.notEqual(outcomes.evaluated, "it ran");
      assert.notEqual(outcomes.constructed, "it ran");
    },
    refusals,
  ),
);

test(
  "inline scripts and handlers do not run",
  at(
    "",
    async (page) => {
      await map(page).waitFor();
      const ran = await page.evaluate(
        () =>
          new Promise((resolve) => {
            setTimeout(() => {
              for (const insert of [
                () => document.body.setAttribute("onclick", "window.__ran = 'handler'"),
                () =>
                  document.body.append(
                    Object.assign(document.createElement("script"), { textContent: "window.__ran = 'script'" }),
                  ),
                () =>
                  document.body.append(
                    Object.assign(document.createElement("script"), {
                      src: "data:text/javascript,window.__ran='data'",
                    }),
                  ),
                () =>
                  document.body.append(
                    new DOMParser().parseFromString("<p onclick=\"window.__ran='parsed'\">x</p>", "text/html").body
                      .firstChild,
                  ),
              ]) {
                try {
                  insert();
                } catch {
                  // Refused at once.
                }
              }
              document.querySelectorAll("body, body > p").forEach((one) => one.click());
              setTimeout(() => resolve(window.__ran ?? null), 100);
            }, 0);
          }),
      );
      assert.equal(ran, null);
    },
    refusals,
  ),
);

test(
  "HTML from strings that could load or run something is refused, and the program goes on drawing",
  at(
    "",
    async (page) => {
      await map(page).waitFor();
      const refused = await page.evaluate(() =>
        [
          "<img src=x onerror=window.__xss=1>",
          "<svg><script>1</script></svg>",
          "<a href='javascript:1'>x</a>",
          "<iframe srcdoc=x></iframe>",
        ].map((text) => {
          const box = document.createElement("div");
          try {
            box.innerHTML = text;
          } catch (error) {
            return error.name;
          }
          return box.innerHTML;
        }),
      );
      assert.deepEqual(refused, ["TypeError", "TypeError", "TypeError", "TypeError"]);
      assert.equal(await page.evaluate(() => window.__xss), undefined);
      await page
        .getByRole("navigation", { name: "Domain" })
        .getByRole("link", { name: /team-dev/ })
        .click();
      await page.getByRole("checkbox", { name: /^Choose billing-sdk/ }).waitFor();
    },
    refusals,
  ),
);

test(
  "no page can make a Trusted Types policy of its own",
  at(
    "",
    async (page) => {
      await map(page).waitFor();
      const outcome = await page.evaluate(() => {
        try {
          trustedTypes.createPolicy("another", { createHTML: (text) => text });
          return "made";
        } catch (error) {
          return error.name;
        }
      });
      assert.equal(outcome, "TypeError");
    },
    refusals,
  ),
);

test(
  "a page on another port gets nothing from the API, not even with the bearer",
  at("", async (_page, { browser, running, session, domain }) => {
    const elsewhere = await otherSite();
    const page = await open(browser, { expected: [/CORS|ERR_FAILED|403|frame|Refused|Content.Security.Policy/i] });
    try {
      await page.goto(elsewhere.address);
      const api = new URL(`/api/connections/demo/domains/acme/map`, running.dashboard).href;
      const outcomes = await page.evaluate(
        async ([api, bearer]) => {
          const attempt = (options) =>
            fetch(api, options).then(
              async (answer) => answer.type + (await answer.text()),
              (error) => error.name,
            );
          return [
            await attempt({}),
            await attempt({ headers: { authorization: `Bearer ${bearer}` } }),
            await attempt({ mode: "no-cors" }),
            await attempt({ method: "POST", mode: "no-cors", body: "{}" }),
          ];
        },
        [api, session["headwater.session"]],
      );
      for (const outcome of outcomes) assert.match(outcome, /^(TypeError|opaque)$/);
      const framed = await page.evaluate(
        (address) =>
          new Promise((resolve) => {
            const frame = document.body.appendChild(document.createElement("iframe"));
            frame.onload = () => {
              try {
                resolve(frame.contentDocument === null ? "closed" : "open");
              } catch {
                resolve("closed");
              }
            };
            frame.src = address;
          }),
        new URL(domain, running.dashboard).href,
      );
      assert.equal(framed, "closed");
      assert.deepEqual(
        page
          .frames()
          .slice(1)
          .map((frame) => new URL(frame.url()).protocol),
        ["chrome-error:"],
      );
    } finally {
      await page.context().close();
      await elsewhere.close();
    }
  }),
);

/** A page of somebody else on this machine. */
async function otherSite() {
  const server = createServer((_, answer) =>
    answer.setHeader("content-type", "text/html").end("<!doctype html><title>Elsewhere</title>"),
  );
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => new Promise((closed) => server.close(closed) && server.closeAllConnections());
  return { address: `http://127.0.0.1:${server.address().port}/`, close };
}
