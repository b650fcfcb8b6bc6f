// What waits, for whom, and how it gets done: a draft is signed, comes to the agency, is given to a colleague, goes back with
// a question and is signed again. Names and addresses of people and providers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CLINIC, closeBrowser, openWindow, PASSWORD, startServer } from "./support.js";

const base = `/providers/${CLINIC}`;
let server;
before(async () => (server = await startServer()));
after(async () => {
  await closeBrowser();
  await server.stop();
});

/** A draft as another program saves it. */
async function draft({ page }, id, text) {
  const fields = { "submission.kind": "pharmacy_pa", "document.id": id, "document.version": "1", "document.content": text };
  const answer = await page.request.post(`/api/providers/${CLINIC}/applications`, { headers: { "X-NCTracks": "1" }, data: { fields } });
  assert.equal(answer.status(), 201);
}

async function sign(window, text, version) {
  await window.follow("wait.application");
  await window.says(window.t("sign.same"));
  await window.isAccessible("a draft that is to be signed");
  await window.fill({ text, ...(version && { version }) });
  await window.submit();
  await window.heading("sign.reviewTitle");
  await window.fill({ password: PASSWORD, pin: await server.pinOf("petra.prior") });
  await window.submit();
  await window.page.locator("main .usa-alert--success").waitFor();
}

async function item(window, path = "/agency/work?kind=application") {
  await window.open(path);
  await window.page.locator("main tbody tr").waitFor();
}

test("what waits is signed, worked on by one of the agency, sent back and signed again", { timeout: 600000 }, async () => {
  const petra = await openWindow(server, { language: "es" });
  const agnes = await openWindow(server, { width: 320 });
  await petra.signIn("petra.prior");
  await draft(petra, "PA-31", "As it was drafted.");
  await petra.open("/");
  await petra.says("PA-31");
  await petra.isAccessible("what waits for a signer");
  await sign(petra, "As it was drafted.");
  await petra.open("/");
  await petra.says(petra.t("home.nothing"));

  await agnes.signIn("agnes.agency");
  await item(agnes);
  const tools = (key) => agnes.page.locator("tbody").getByRole("button", { name: agnes.t(key) });
  await tools("work.take").click();
  await agnes.says(agnes.t("work.given", { name: "Agnes Agency" }));
  await tools("work.release").click();
  await agnes.says(agnes.t("work.released"));
  await tools("work.give").click();
  await agnes.page.locator("dialog").waitFor();
  await agnes.isAccessible("giving work to a colleague");
  await agnes.page.locator("dialog button[type=submit]").click();
  await agnes.says(agnes.t("work.given", { name: "Arno Agency" }));
  await agnes.isAccessible("the work list");
  await agnes.page.selectOption("#whose", "mine");
  await agnes.says(agnes.t("work.count", { count: 0 }));
  await agnes.page.selectOption("#whose", "");
  await agnes.page.selectOption("#days", "7");
  await agnes.says(agnes.t("work.count", { count: 0 }));
  await item(agnes);
  await agnes.page.locator("tbody a").click();
  const card = agnes.page.locator("section", { hasText: "PA-31" });
  await card.locator("input").fill("which dose?");
  await card.getByRole("button", { name: "additional information" }).click();
  await agnes.says("which dose?");
  await agnes.isAccessible("an application after a decision");

  await petra.open("/");
  await petra.says("PA-31");
  await sign(petra, "With the dose.", "2");
  await agnes.open("/agency/work");
  await agnes.says(agnes.t("work.count", { count: 1 }));
  await petra.close();
  await agnes.close();
});

test("a provider's address and a person's name are changed and shown", { timeout: 300000 }, async () => {
  const olivia = await openWindow(server, { language: "es" });
  await olivia.signIn("olivia.owner");
  await olivia.open(base);
  await olivia.follow("providerChange.title");
  await olivia.heading("providerChange.title");
  await olivia.fill({ line1: "100 Example Street" }, "address.");
  await olivia.submit();
  await olivia.page.locator(".portal-summary").waitFor();
  await olivia.isAccessible("an address that is not whole");
  await olivia.fill({ city: "Raleigh", state: "NC", zip: "276010001" }, "address.");
  await olivia.submit();
  await olivia.heading("providerChange.done");
  await olivia.open(base);
  await olivia.says("Raleigh, NC 27601-0001");
  await olivia.open("/profile");
  await olivia.press("profile.change");
  await olivia.fill({ first_name: "Olivia", middle_name: "Oona", last_name: "Owner", suffix: "iii" });
  await olivia.submit();
  await olivia.says("Olivia Oona Owner III");
  await olivia.isAccessible("a profile with a whole name");
  await olivia.close();
});

test("what an administrator asks for is seen by the person and settled by the agency", { timeout: 300000 }, async () => {
  const olivia = await openWindow(server);
  await olivia.signIn("olivia.owner");
  await olivia.open(`${base}/user?ncid=frank.front`);
  await olivia.follow("userContact.link");
  await olivia.heading("userContact.title", { name: "Frank Front" });
  await olivia.says(olivia.t("contact.masked"));
  await olivia.fill({ phone: "919-555-0188" });
  await olivia.submit();
  await olivia.heading("userContact.done");
  await olivia.close();
  const frank = await openWindow(server, { language: "es", width: 320 });
  await frank.signIn("frank.front");
  await frank.follow("wait.contact");
  await frank.says("919-555-0188");
  await frank.isAccessible("a change that waits");
  await frank.close();
  const agnes = await openWindow(server);
  await agnes.signIn("agnes.agency");
  await agnes.open("/agency/call-center?ncid=frank.front");
  await agnes.says(agnes.t("wish.title"));
  await agnes.fill({ "reason-wish": "nobody asked for it" });
  await agnes.isAccessible("a caller with a change that waits");
  await agnes.press("wish.withdraw");
  await agnes.page.locator("h3", { hasText: agnes.t("wish.title") }).waitFor({ state: "detached" });
  await agnes.close();
});

test("access is offered, and begins when the person accepts it", { timeout: 300000 }, async () => {
  const olivia = await openWindow(server, { language: "es" });
  await olivia.signIn("olivia.owner");
  await olivia.open(`${base}/invitations`);
  await olivia.follow("invitations.new");
  await olivia.heading("invitations.new");
  await olivia.fill({ ncid: "ina.vidual" });
  await olivia.page.locator("label[for='field-rights-pa.inquiry']").click();
  await olivia.submit();
  await olivia.heading("review.title");
  await olivia.submit();
  await olivia.says(olivia.t("invitations.sent", { who: "ina.vidual" }));
  await olivia.isAccessible("an invitation that waits");
  await olivia.close();
  const ina = await openWindow(server, { width: 320 });
  await ina.signIn("ina.vidual");
  await ina.follow("wait.invitation");
  await ina.heading("invitations.mine");
  await ina.isAccessible("an invitation for somebody");
  await ina.follow("invitations.accept");
  await ina.heading("invitations.acceptTitle");
  assert.equal(await ina.page.locator("main input").count(), 1, "somebody who is signed in gives the password alone");
  await ina.fill({ password: PASSWORD }, "invited.");
  await ina.submit();
  await ina.heading("invitations.accepted");
  await ina.open("/");
  await ina.says("Example Family Clinic");
  await ina.close();
});
