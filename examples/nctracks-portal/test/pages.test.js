// Every page and state is without faults that axe finds, fits 320 pixels, and the first one is small; headers are strict;
// what was typed outlasts the session.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CLINIC, closeBrowser, openWindow, PASSWORD, startServer, words } from "./support.js";

let server;
before(async () => (server = await startServer()));
after(async () => {
  await closeBrowser();
  await server.stop();
});

const fits = async ({ page }, what) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${what} is ${over} pixels too wide`);
};

const keyed = new RegExp(`^(${[...new Set(Object.keys(words.en).map((key) => key.split(".")[0]))].join("|")})\\.\\w+$`);

/** Every heading, legend and label says something, and none shows the key of a text that is missing. */
async function isNamed({ page }, what) {
  const said = await page.locator("main").locator("h1, h2, h3, legend, label").allTextContents();
  assert.deepEqual(said.filter((text) => !text.trim() || keyed.test(text.trim())), [], what);
}

async function look(window, what) {
  await fits(window, what);
  await isNamed(window, what);
  await window.isAccessible(what);
}

const base = `/providers/${CLINIC}`;

const strangers = {
  "/": undefined,
  "/sign-in": (window) => window.submit(),
  "/password/forgot": (window) => window.submit(),
  "/pin/forgot": undefined,
  "/register": async (window) => {
    await window.submit();
    await window.page.locator(".portal-summary").waitFor();
  },
  "/oa-change": undefined,
  "/verify": (window) => window.submit(),
  "/invitation": (window) => window.page.locator("main form").first().locator("button[type=submit]").click(),
  "/mail": undefined,
  "/nowhere": undefined,
};

const administrators = {
  "/": undefined,
  [base]: undefined,
  [`${base}/change`]: (window) => window.submit(),
  [`${base}/users`]: undefined,
  [`${base}/users/add`]: undefined,
  [`${base}/user?ncid=frank.front`]: async (window) => {
    await window.press("userChange.revoke");
    await window.heading("preview.revoke", { name: "Frank Front" });
  },
  [`${base}/user/why?ncid=frank.front&right=claim.submit`]: undefined,
  [`${base}/user/contact?ncid=frank.front`]: (window) => window.submit(),
  [`${base}/proposals`]: undefined,
  [`${base}/invitations`]: undefined,
  [`${base}/invite`]: (window) => window.submit(),
  "/invitations": undefined,
  [`${base}/review`]: undefined,
  [`${base}/groups?new=1`]: (window) => window.submit(),
  [`${base}/sign`]: (window) => window.submit(),
  [`${base}/signatures`]: undefined,
  [`${base}/applications`]: undefined,
  [`${base}/eft-change`]: undefined,
  "/messages": (window) => window.page.locator(".portal-message summary").first().click(),
  "/profile": (window) => window.press("profile.change"),
  "/agency": undefined,
};

const staff = { "/agency": undefined, "/agency/work?kind=application": undefined, [`/agency/providers/${CLINIC}`]: undefined, [`/agency/providers/${CLINIC}/change`]: (window) => window.submit(), "/agency/call-center?ncid=petra.prior": (window) => window.page.locator("#field-reason").waitFor(), "/agency/people/change?ncid=petra.prior": (window) => window.submit(), "/agency/eft-changes": undefined, "/agency/due": undefined, "/agency/mail": undefined, "/agency/health": async (window) => {
    await window.press("health.look");
    await window.page.locator("main .usa-alert--success").waitFor();
  }, "/agency/ledger?stream=person:petra.prior": undefined, "/agency/enroll": undefined, "/agency/roster": (window) => window.submit(), "/agency/call-center": (window) => window.submit() };

async function lookAt(window, pages) {
  for (const [path, deed] of Object.entries(pages)) {
    await window.open(path);
    await look(window, path);
    if (!deed) continue;
    await deed(window);
    await look(window, `${path} after its deed`);
  }
}

test("what a stranger sees, in Spanish at 320 pixels", { timeout: 600000 }, async () => {
  const window = await openWindow(server, { language: "es", width: 320 });
  await lookAt(window, strangers);
  await window.close();
});

test("what an Office Administrator sees", { timeout: 600000 }, async () => {
  const window = await openWindow(server);
  await window.signIn("olivia.owner");
  await lookAt(window, administrators);
  await window.close();
});

test("what the agency sees", { timeout: 600000 }, async () => {
  const window = await openWindow(server, { width: 320 });
  await window.signIn("agnes.agency");
  await lookAt(window, staff);
  await window.close();
});

test("what was typed outlasts the session", { timeout: 300000 }, async () => {
  const window = await openWindow(server);
  await window.signIn("olivia.owner");
  await window.open(`${base}/sign`);
  await window.fill({ kind: "pharmacy_pa", id: "PA-9", text: "Typed before the session ended." });
  await window.context.clearCookies();
  await window.press("sign.review");
  const dialog = window.page.locator("dialog");
  await dialog.waitFor();
  await look(window, "the dialog after the session");
  await dialog.locator("input").fill(PASSWORD);
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  assert.equal(await window.page.inputValue("#field-text"), "Typed before the session ended.");
  await window.press("sign.review");
  await window.page.locator(".portal-attestation").waitFor();
  await look(window, "review and sign");
  await window.close();
});

test("a portal's page is refused to frames, other origins and caches", async () => {
  const answer = await fetch(`${server.url}/`);
  const policy = answer.headers.get("content-security-policy");
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) assert.ok(policy.includes(part), part);
  assert.ok(!/unsafe|https?:/.test(policy), policy);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.ok(answer.headers.get("referrer-policy"));
  const page = await answer.text();
  assert.ok(!/<style|style=|<script(?![^>]*src=)|\son\w+=|https?:\/\//.test(page), "nothing inline, nothing from elsewhere");
});

test("the first page is below 200 kB", async () => {
  const window = await openWindow(server);
  const session = await window.context.newCDPSession(window.page);
  await session.send("Network.enable");
  let sum = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (sum += encodedDataLength));
  await window.page.goto("/", { waitUntil: "networkidle" });
  assert.ok(sum > 20000 && sum < 200000, `${sum} bytes`);
  await window.close();
});
