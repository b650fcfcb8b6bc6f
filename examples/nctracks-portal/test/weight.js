// What each page weighs on the wire, for a browser that has nothing yet and for one that was there before, as a table:
// node test/weight.js, with the surroundings of test/run.
import { CLINIC, closeBrowser, openBrowser, openWindow, startServer } from "./support.js";

const base = `/providers/${CLINIC}`;
const pages = {
  "": ["/", "/sign-in", "/register", "/verify"],
  "olivia.owner": ["/", "/messages", "/profile", base, `${base}/users`, `${base}/user?ncid=frank.front`, `${base}/review`, `${base}/groups`, `${base}/sign`, `${base}/applications`, `${base}/signatures`],
  "agnes.agency": ["/agency", "/agency/work", "/agency/enroll", "/agency/roster", "/agency/eft-changes", "/agency/call-center", "/agency/ledger?stream=person:petra.prior", "/agency/health"],
};

const kb = (bytes) => (bytes / 1000).toFixed(1);

/** Bytes on the wire, and how many requests, until the page has all it asks for. */
async function weigh(session, go) {
  let sum = 0;
  let count = 0;
  const add = ({ encodedDataLength }) => ((sum += encodedDataLength), count++);
  session.on("Network.loadingFinished", add);
  await go({ waitUntil: "networkidle" });
  session.off("Network.loadingFinished", add);
  return { sum, count };
}

async function rowOf(server, state, path) {
  const context = await (await openBrowser()).newContext({ baseURL: server.url, storageState: state });
  const page = await context.newPage();
  page.setDefaultTimeout(90000);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const first = await weigh(session, (options) => page.goto(path, options));
  const again = await weigh(session, (options) => page.reload(options));
  await context.close();
  return `| ${path} | ${kb(first.sum)} | ${first.count} | ${kb(again.sum)} |`;
}

const server = await startServer();
console.log("| page | first visit, kB | requests | again, kB |\n|---|---|---|---|");
for (const [ncid, paths] of Object.entries(pages)) {
  const window = await openWindow(server);
  if (ncid) await window.signIn(ncid);
  const state = await window.context.storageState();
  await window.close();
  for (const path of paths) console.log(await rowOf(server, state, path));
}
await closeBrowser();
await server.stop();
