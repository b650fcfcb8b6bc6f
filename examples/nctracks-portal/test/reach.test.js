// The pages reach everybody: at 400 % zoom, without motion, in forced colors, and with dates as one's language writes them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { CLINIC, closeBrowser, openWindow, startServer } from "./support.js";

const base = `/providers/${CLINIC}`;
let server;
before(async () => (server = await startServer()));
after(async () => {
  await closeBrowser();
  await server.stop();
});

test("at 400 % zoom nothing is cut off, and what has the focus can be seen", { timeout: 600000 }, async () => {
  // 1280 × 1024 pixels at 400 % are 320 × 256 (WCAG 2.2, 1.4.10).
  const window = await openWindow(server, { width: 320, height: 256 });
  const { page } = window;
  await window.signIn("olivia.owner");
  for (const path of ["/", "/messages", base, `${base}/users`, `${base}/review`, `${base}/groups?new=1`]) {
    await window.open(path);
    await page.locator("main h1").waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${path} scrolls sideways`);
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const { top, bottom, left, right } = document.activeElement.getBoundingClientRect();
        const hit = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
        const own = document.activeElement;
        return own === document.body || own.contains(hit) || hit?.contains(own) || own.labels?.[0]?.contains(hit) || own.type === "checkbox";
      });
      assert.ok(seen, `${path}: what has the focus after ${i + 1} stops is covered`);
    }
  }
  await window.close();
});

test("nothing moves for who wants no motion", { timeout: 300000 }, async () => {
  const window = await openWindow(server);
  const { page } = window;
  await window.signIn("petra.prior");
  await page.route("**/api/me/messages?*", async (route) => {
    await pause(3000);
    await route.continue();
  });
  const moving = () => page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running" && one.effect.getTiming().duration > 1).length);
  await page.goto("/messages");
  await page.locator(".portal-spinner").waitFor();
  assert.equal(await moving(), 0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.equal(await moving(), 1, "for others the spinner turns");
  await window.close();
});

test("forced colors leave borders where colors said something", { timeout: 300000 }, async () => {
  const window = await openWindow(server);
  const { page } = window;
  await page.emulateMedia({ forcedColors: "active" });
  await window.signIn("olivia.owner");
  await window.open(`${base}/users`);
  await page.locator(".portal-tag").first().waitFor();
  for (const one of [".portal-tag", ".portal-cell--yes"]) assert.notEqual(await page.locator(one).first().evaluate((element) => getComputedStyle(element).borderTopStyle), "none", one);
  await window.isAccessible("people and rights in forced colors");
  await window.close();
});

test("dates are Spanish for who reads Spanish", { timeout: 300000 }, async () => {
  const window = await openWindow(server, { language: "es" });
  const { page } = window;
  await window.signIn("olivia.owner");
  await window.open("/messages");
  await page.locator(".portal-message").first().waitFor();
  assert.match(await page.locator(".portal-message__facts").first().innerText(), /\d{1,2} de [a-z]+ de \d{4}/);
  for (const path of ["/messages", base, `${base}/review`]) {
    await window.open(path);
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /\b(January|February|March|April|June|July|August|September|October|November|December)\b/, path);
  }
  assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
  await window.close();
});
