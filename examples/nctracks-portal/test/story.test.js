// The story of the getting-started documents in the browser, in both languages: a provider registers, users get access,
// PINs are mailed and reset three ways, a prior approval is signed and its receipt verified (S1 to S17).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { CLINIC, closeBrowser, openWindow, PASSWORD, PRACTICE, startServer } from "./support.js";

const person = (ncid, first, last, number) => ({ ncid, first_name: first, last_name: last, email: `${ncid}@example.org`, phone: `919-555-01${number}` });
const thea = person("thea.owner", "Thea", "Owner", 21);
const tom = person("tom.therapist", "Tom", "Therapist", 22);
const nina = person("nina.new", "Nina", "New", 6 + 10);
const eft = { routing_number: "053000196", account_number: "000111222333", account_type: "checking", account_holder: "Example Therapy Practice" };
const REQUEST = "Pharmacy prior approval request PA-1\nfor a made-up recipient.\n";

after(closeBrowser);

for (const language of ["en", "es"]) {
  test(`the story, ${language}`, { timeout: 900000 }, async (t) => {
    const server = await startServer();
    const window = await openWindow(server, { language });
    await t.test("a provider is registered, problems beside their fields", () => registers(server, window));
    await t.test("registering again leads to the change of the Office Administrator", () => registersAgain(server, window));
    await t.test("the Office Administrator adds a user and changes what they may do", () => administers(server, window));
    await t.test("a PIN is reset three ways, always to the person's own address", () => resets(server, window));
    await t.test("a prior approval is signed with NCID, password and PIN", () => signs(server, window));
    await t.test("a message acknowledges it and leads to its receipt", () => isTold(window));
    await t.test("its receipt is verified with the document, and repudiated", () => verifies(server, window));
    await t.test("who may not is told why, and who can help", () => isRefused(server, window));
    await window.close();
    await server.stop();
  });
}

async function fillSteps(server, window) {
  const { page } = window;
  await window.fill({ npi: PRACTICE, authorization_code: server.code }, "provider.");
  await window.submit();
  await window.step("registrant");
  await window.fill(thea, "registrant.");
  await window.submit();
  await window.step("office_administrator");
  await window.fill({ ...thea, relationship: "owner" }, "office_administrator.");
  await window.submit();
  await window.step("eft");
  await window.fill(eft, "eft.");
  await window.submit();
  await window.press("register.addUser");
  await window.fill(tom, "users[0].");
  await page.locator("label[for='field-users-0-rights-pa.submit']").click();
  await window.submit();
  await window.says("tom.therapist");
  await window.submit();
  await window.heading("review.title");
}

async function registers(server, window) {
  const { page } = window;
  await window.open("/register");
  await window.fill({ npi: "1234567890" }, "provider.");
  await page.keyboard.press("Tab");
  const beside = page.locator("#field-provider-npi-error");
  await beside.waitFor();
  await window.submit();
  const summary = page.locator(".portal-summary");
  await summary.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className.includes("portal-summary")), true, "the summary has the focus");
  assert.ok((await page.title()).startsWith(window.t("error.prefix")));
  assert.ok((await beside.innerText()).endsWith(await summary.locator("a").first().innerText()), "the same words at the field");
  assert.equal(await page.inputValue("#field-provider-npi"), "1234567890", "what was typed is kept");
  await summary.locator("a").first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "field-provider-npi");
  await fillSteps(server, window);
  assert.ok(!(await page.locator("main").innerText()).includes(server.code), "the code is not shown again");
  const account = page.locator("section", { hasText: eft.account_holder });
  await account.getByRole("button").click();
  await window.step("eft");
  await window.fill({ account_type: "savings" }, "eft.");
  await window.submit();
  await window.heading("review.title");
  await window.submit();
  await window.heading("register.done");
  for (const ncid of ["thea.owner", "tom.therapist"]) {
    const { mail } = await server.wanted(ncid, /PIN: +(\d{6})/);
    assert.ok(mail.to.includes(thea.email), "PINs go to who completed the registration (S11)");
  }
}

async function registersAgain(server, window) {
  await window.open("/register");
  await fillSteps(server, window);
  await window.submit();
  await window.heading("register.oaExists");
  await window.follow("oaChange.title");
  await window.heading("oaChange.title");
}

async function administers(server, window) {
  const { page } = window;
  await window.signIn("olivia.owner");
  await window.follow("users.title");
  await window.heading("users.title");
  await window.follow("userAdd.title");
  await window.heading("userAdd.title");
  const before = (await server.mails()).length;
  await window.fill(nina);
  await page.locator("label[for='field-rights-eligibility.inquiry']").click();
  await window.submit();
  await window.heading("review.title");
  await window.submit();
  await window.heading("userAdd.done", { name: "Nina New" });
  const { mail } = await server.wanted("nina.new", /PIN: +(\d{6})/, before);
  assert.ok(mail.to.includes(nina.email), "a user's PIN goes to their own address (S16)");
  await window.follow("users.title");
  await page.getByRole("link", { name: "Nina New", exact: true }).click();
  await window.heading("userChange.of", { name: "Nina New" });
  await page.locator("label[for='right-claim.inquiry']").click();
  await window.press("userChange.preview");
  await window.heading("preview.title", { name: "Nina New" });
  await window.press("preview.doChange");
  await window.says(window.t("users.changed", { name: "Nina New" }));
  await page.locator("a[href$='/user/why?ncid=frank.front&right=claim.submit']").click();
  await window.says("Olivia Owner");
  assert.ok(await page.locator(".usa-alert--warning").isVisible());
}

async function resets(server, window) {
  const { page } = window;
  const first = await server.pinOf("petra.prior");
  let before = (await server.mails()).length;
  await window.open(`/providers/${CLINIC}/user?ncid=petra.prior`);
  await window.press("user.pinReset");
  await window.says(window.t("user.pinSent", { name: "Petra Prior" }));
  const second = await server.wanted("petra.prior", /PIN: +(\d{6})/, before);
  assert.ok(second.mail.to.includes("petra@"), "to the person's own address");
  await window.press("session.signOut");
  await window.heading("signIn.title");

  before = (await server.mails()).length;
  await window.open("/pin/forgot");
  await window.fill({ ncid: "petra.prior", password: PASSWORD });
  await window.submit();
  await window.says(window.t("pinForgot.sent"));
  const third = await server.pinOf("petra.prior", before);

  before = (await server.mails()).length;
  await window.signIn("agnes.agency");
  await window.open("/agency/call-center");
  await window.fill({ text: "petra" });
  await window.press("calls.find");
  await page.getByRole("button", { name: `${window.t("calls.open")} Petra Prior` }).click();
  await page.locator("#field-reason").waitFor();
  await window.fill({ reason: "called back at the number on file" });
  await window.press("pinForgot.submit");
  await window.says(window.t("calls.done", { ncid: "petra.prior" }));
  const fourth = await server.pinOf("petra.prior", before);
  assert.ok(new Set([first, second.text, third, fourth]).size > 2, "new PINs are drawn");
  assert.ok(!(await page.content()).includes(fourth), "no page shows a PIN");
  await window.press("session.signOut");
  await window.heading("signIn.title");
}

const wrong = (pin) => (pin[0] === "9" ? "0" : "9") + pin.slice(1);

async function signs(server, window) {
  const { page } = window;
  const pin = await server.pinOf("petra.prior");
  await window.signIn("petra.prior");
  await window.follow("sign.title");
  await window.heading("sign.title");
  await window.fill({ kind: "pharmacy_pa", id: "PA-1", text: REQUEST });
  await window.press("sign.review");
  await page.locator(".portal-attestation").waitFor();
  assert.equal(await page.locator("pre.portal-document").first().evaluate((element) => element.textContent), REQUEST, "the exact bytes are shown");
  assert.match(await page.locator("code.portal-digest").first().innerText(), /^[0-9a-f]{64}$/);
  await window.fill({ password: PASSWORD, pin: wrong(pin) });
  await window.press("sign.sign");
  await page.locator("main .usa-alert--error").waitFor();
  assert.equal(await page.inputValue("#field-pin"), "", "a refused PIN does not stay in the page");
  await window.fill({ password: PASSWORD, pin });
  await window.press("sign.sign");
  await window.heading("receipt.title");
  await window.says(window.t("receipt.valid"));
}

async function isTold(window) {
  const { page } = window;
  const receipt = new URL(page.url()).pathname;
  const count = page.locator(".portal-count");
  await count.waitFor();
  const before = parseInt(await count.innerText(), 10);
  await page.locator("nav").getByRole("link", { name: window.t("nav.messages") }).click();
  await window.heading("messages.title");
  const newest = page.locator(".portal-message").first();
  assert.equal((await newest.locator(".usa-tag").innerText()).toLowerCase(), window.t("messages.unread"));
  await newest.locator("summary").click();
  await newest.getByRole("button", { name: window.t("messages.markUnread") }).waitFor();
  await window.isAccessible("an open message");
  await page.waitForFunction((least) => !(parseInt(document.querySelector(".portal-count")?.textContent ?? "0", 10) > least), before - 1);
  assert.ok(!/PIN: +\d{6}/.test(await page.locator("main").innerText()), "no message shows a PIN");
  await newest.getByRole("link", { name: window.t("repudiate.title") }).click();
  await window.heading("receipt.title");
  await page.locator("#field-reason").waitFor();
  assert.equal(new URL(page.url()).pathname, receipt);
  // The focus is where one repudiates.
  await page.waitForFunction(() => document.activeElement.closest(".portal-aside") !== null);
  await window.open(receipt);
}

async function verifies(server, window) {
  const { page } = window;
  const saved = page.waitForEvent("download");
  await window.press("receipt.download");
  const receipt = await readFile(await (await saved).path());
  const address = page.url().replace(/\?.*/, "");
  await window.open("/verify");
  const files = (text) => [{ name: "a.receipt", mimeType: "application/cose", buffer: receipt }, { name: "PA-1.txt", mimeType: "text/plain", buffer: Buffer.from(text) }];
  for (const [text, kind] of [[REQUEST, "success"], [`${REQUEST} `, "error"]]) {
    const [first, second] = files(text);
    await page.setInputFiles("#field-receipt", first);
    await page.setInputFiles("#field-document", second);
    await window.press("verify.submit");
    await page.locator(`main .usa-alert--${kind}`).waitFor();
  }
  await window.open(new URL(address).pathname);
  await window.press("repudiate.open");
  await window.fill({ reason: "not mine", password: PASSWORD });
  await window.press("repudiate.submit");
  await window.says(window.t("receipt.repudiated"));
  await window.press("session.signOut");
  await window.heading("signIn.title");
}

async function isRefused(server, window) {
  await window.signIn("frank.front");
  await window.open(`/providers/${CLINIC}/sign`);
  await window.fill({ kind: "pharmacy_pa", id: "PA-2", text: REQUEST });
  await window.press("sign.review");
  await window.heading("refused.title");
  await window.says("Olivia Owner");
  await window.open(`/providers/${CLINIC}/users`);
  await window.heading("refused.title");
  await window.says("Olivia Owner");
}
