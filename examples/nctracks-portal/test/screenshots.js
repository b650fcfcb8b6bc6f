// Draws the pictures of the README from a demonstration: node test/screenshots.js FOLDER
import { join } from "node:path";
import { CLINIC, closeBrowser, openWindow, startServer } from "./support.js";

const folder = process.argv[2] ?? new URL("../../../doc/images", import.meta.url).pathname;
const server = await startServer();

async function picture(ncid, name, deed) {
  const window = await openWindow(server, { width: 1120, height: 700 });
  await window.signIn(ncid);
  await deed(window);
  await window.page.evaluate(() => document.fonts.ready);
  await window.page.screenshot({ path: join(folder, name) });
  await window.close();
}

await picture("olivia.owner", "portal-users.png", (window) => window.open(`/providers/${CLINIC}/users`));
await picture("petra.prior", "portal-sign.png", async (window) => {
  await window.open(`/providers/${CLINIC}/sign`);
  await window.fill({ kind: "pharmacy_pa", id: "PA-1", text: "Pharmacy prior approval request PA-1\nfor a made-up recipient: example medicine, 30 days." });
  await window.press("sign.review");
  await window.page.locator(".portal-attestation").waitFor();
});
await closeBrowser();
await server.stop();
