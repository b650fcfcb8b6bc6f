// A roster is enrolled by the server while its progress is shown; one can leave and come back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { closeBrowser, openWindow, startServer } from "./support.js";

let server;
before(async () => (server = await startServer()));
after(async () => {
  await closeBrowser();
  await server.stop();
});

const ROSTER = `npi,kind,name,tax_id,email,phone
1999999984,organization,"Example, First",56-3334445,office@roster.example.org,919-555-0150
1234567890,organization,Example Wrong,56-3334445,office@roster.example.org,12
`;

test("a roster is enrolled, with each refused row, its line and its reason", { timeout: 600000 }, async () => {
  const window = await openWindow(server, { language: "es", width: 320 });
  const { page } = window;
  await window.signIn("agnes.agency");
  await window.open("/agency/roster");
  await page.setInputFiles("#field-roster", { name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(ROSTER) });
  await window.submit();
  await page.locator("progress").waitFor();
  await page.getByRole("button", { name: window.t("roster.codes") }).waitFor();
  assert.equal(await page.locator("progress").getAttribute("value"), "2");
  assert.deepEqual([...new Set(await page.locator("tbody th").allInnerTexts())].map((text) => text.replace(/\D/g, "")), ["3"]);
  await window.isAccessible("the outcome of a roster");
  const address = page.url();
  await window.open("/agency/roster");
  await page.locator(`main a[href$='${new URL(address).search}']`).click();
  const saved = page.waitForEvent("download");
  await window.press("roster.codes");
  const codes = await readFile(await (await saved).path(), "utf8");
  assert.match(codes, /^provider,authorization_code\n1999999984,[0-9A-Z]{16}\n$/);
  await window.press("roster.forget");
  await page.locator("#field-roster").waitFor();
  assert.equal(await page.locator("main .portal-waits").count(), 0);
  await window.close();
});
