// Reviewing access and groups of users: what is decided for many people is shown first, confirmed once, told for each.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CLINIC, closeBrowser, openWindow, startServer } from "./support.js";

const base = `/providers/${CLINIC}`;
let server;
before(async () => (server = await startServer()));
after(async () => {
  await closeBrowser();
  await server.stop();
});

test("a group gives its rights to who joins it", { timeout: 600000 }, async () => {
  const window = await openWindow(server, { language: "es" });
  const { page } = window;
  await window.signIn("olivia.owner");
  await window.open(`${base}/users`);
  await window.follow("groups.title");
  await window.heading("groups.title");
  await window.follow("groups.new");
  await window.heading("groups.new");
  await window.fill({ name: "Two Words" });
  await window.submit();
  await page.locator("#field-name-error").waitFor();
  await window.isAccessible("a group that cannot be made");
  await window.fill({ name: "billing.desk" });
  await page.locator("label[for='right-claim.submit']").click();
  await window.submit();
  await window.says(window.t("groups.saved", { name: "billing.desk" }));
  await page.getByRole("link", { name: "billing.desk", exact: true }).click();
  await window.heading("groups.of", { name: "billing.desk" });
  await page.locator("label[for='member-frank.front']").click();
  await window.says(window.t("groups.joined", { name: "Frank Front" }));
  await window.isAccessible("a group and its members");
  await window.open(`${base}/user/why?ncid=frank.front&right=claim.submit`);
  await window.says("frank.front");
  assert.equal(await page.locator("main .usa-alert--warning").count(), 0, "Frank may, through the group");
  await window.close();
});

test("access is kept or revoked for many at once", { timeout: 600000 }, async () => {
  const window = await openWindow(server, { width: 320 });
  const { page } = window;
  await window.signIn("olivia.owner");
  await window.open(`${base}/review?list=uncertified&days=30`);
  assert.equal(await page.locator("tbody tr").count(), 0, "nobody's access is that old");
  await window.isAccessible("an empty review");
  // The clock of the server is not the test's to turn: what was given today is listed by asking for today.
  await page.route("**/access-review/uncertified?*", (route) => route.continue({ url: route.request().url().replace("days=90", "days=0") }));
  await window.open(`${base}/review?list=uncertified&days=90`);
  await page.locator("tbody tr").first().waitFor();
  await window.isAccessible("people to review");
  await window.press("accessReview.revoke");
  await page.locator(".portal-summary").waitFor();
  for (const ncid of ["carlos.claims", "frank.front"]) await page.locator(`label[for='one-${ncid}']`).click();
  await window.press("accessReview.revoke");
  await window.heading("accessReview.sure", { count: 2 });
  await window.isAccessible("what would be lost");
  await window.press("preview.doRevoke");
  await window.says(window.t("accessReview.done", { count: 2 }));
  await window.isAccessible("outcomes");
  await window.press("accessReview.again");
  await page.locator("#field-people tbody tr").first().waitFor();
  assert.equal(await page.locator("label[for='one-carlos.claims']").count(), 0);
  await window.press("accessReview.keepAll");
  await window.says(window.t("accessReview.kept"));
  await window.close();
});
