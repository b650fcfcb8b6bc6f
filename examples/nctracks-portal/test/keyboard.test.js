// A prior approval is signed by keyboard alone: nothing is clicked.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openWindow, PASSWORD, startServer } from "./support.js";

after(closeBrowser);

/** Tabs until the focus is on what the selector names; every stop on the way must show its focus. */
async function tabTo(page, selector) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const { is, shown } = await page.evaluate((wanted) => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return { is: element.matches(wanted), shown: style.outlineStyle !== "none" || style.boxShadow !== "none" || element.type === "checkbox" };
    }, selector);
    assert.ok(shown, "the focus can be seen");
    if (is) return;
  }
  assert.fail(`${selector} is not reached by keyboard`);
}

const type = async (page, selector, text) => {
  await tabTo(page, selector);
  await page.keyboard.type(text);
};

const enter = async (page, selector) => {
  await tabTo(page, selector);
  await page.keyboard.press("Enter");
};

test("signing by keyboard alone", { timeout: 180000 }, async () => {
  const server = await startServer();
  const window = await openWindow(server);
  const { page } = window;
  await window.open("/sign-in");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "usa-skipnav", "the first stop skips the navigation");
  await type(page, "#field-ncid", "petra.prior");
  await type(page, "#field-password", PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator(".portal-cards").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "a new page begins at its heading");
  await enter(page, "main a[href$='/sign']");
  await window.heading("sign.title");
  await tabTo(page, "#field-kind");
  const wanted = await page.locator("#field-kind option[value=pharmacy_pa]").innerText();
  await page.keyboard.type(wanted);
  assert.equal(await page.inputValue("#field-kind"), "pharmacy_pa");
  await type(page, "#field-id", "PA-1");
  await type(page, "#field-text", "A made-up prior approval request.");
  await enter(page, "main form button[type=submit]");
  await page.locator(".portal-attestation").waitFor();
  await type(page, "#field-password", PASSWORD);
  await type(page, "#field-pin", await server.pinOf("petra.prior"));
  await page.keyboard.press("Enter");
  await window.heading("receipt.title");
  await window.says(window.t("receipt.valid"));
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  await window.close();
  await server.stop();
});
