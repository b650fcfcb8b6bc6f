// A running server with demonstration data, and a browser in front of it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import en from "../src/words/en.js";
import es from "../src/words/es.js";

const SERVER = process.env.NCTRACKS_SERVER;
const DEMO = process.env.NCTRACKS_SERVER_DEMO;
const PAGES = process.env.NCTRACKS_PAGES ?? new URL("../dist", import.meta.url).pathname;
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const PASSWORD = "violet-kayak-harbor-42";
export const CLINIC = "1234567893";
export const PRACTICE = "1000000020";
export const words = { en, es };

const freePort = () =>
  new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });

export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "nctracks-portal-"));
  const port = await freePort();
  const config = join(folder, "server.conf");
  const options = {
    port, plain_http: "yes", demo: "yes", profile: "2013", pages: PAGES, operators: "agnes.agency arno.agency", roster_folder: join(folder, "rosters"), upkeep_seconds: 1,
    database: join(folder, "portal.db"), key_file: join(folder, "portal.key"), mail_folder: join(folder, "mail"),
    tries_per_minute: 100000, requests_per_minute: 100000,
  };
  writeFileSync(config, Object.entries(options).map(([name, value]) => `${name} = ${value}\n`).join(""));
  const made = spawnSync(DEMO, [config], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const log = join(folder, "log");
  const process_ = spawn(SERVER, ["serve", config], { stdio: ["ignore", "ignore", openSync(log, "w")] });
  const url = `http://127.0.0.1:${port}`;
  const server = new Server(url, /letter: (\w+)/.exec(made.stdout)[1], () => stop(process_, folder));
  for (let i = 0; i < 600; i++) {
    if ((await fetch(`${url}/health/live`).catch(() => ({}))).ok) return server;
    assert.equal(process_.exitCode, null, readFileSync(log, "utf8"));
    await pause(50);
  }
  throw new Error(`the server does not get ready: ${readFileSync(log, "utf8")}`);
}

async function stop(process_, folder) {
  const ended = new Promise((end) => process_.on("exit", end));
  process_.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

class Server {
  constructor(url, code, stop) {
    Object.assign(this, { url, code, stop });
  }

  /** Every mail so far, oldest first. */
  async mails() {
    const answer = await fetch(`${this.url}/demo/mail`);
    return (await answer.json()).data.reverse();
  }

  /** What `pattern` finds in the newest mail after the first `after` that has it and names the NCID. */
  async wanted(ncid, pattern, after = 0) {
    for (let i = 0; i < 300; i++) {
      const found = (await this.mails()).slice(after).filter(({ subject, body }) => `${subject} ${body}`.includes(ncid) && pattern.test(body));
      if (found.length) return { mail: found.at(-1), text: pattern.exec(found.at(-1).body)[1] };
      await pause(100);
    }
    throw new Error(`no mail about ${ncid} with ${pattern}`);
  }

  async pinOf(ncid, after) {
    return (await this.wanted(ncid, /PIN: +(\d{6})/, after)).text;
  }
}

let browser;

export async function openBrowser() {
  browser ??= await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  return browser;
}

export async function closeBrowser() {
  await browser?.close();
}

/** A person's own browser window: what its console complains about fails the test that closes it. */
export async function openWindow(server, { language = "en", width = 1280, height = 900 } = {}) {
  const context = await (await openBrowser()).newContext({ baseURL: server.url, locale: language === "es" ? "es-US" : "en-US", viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(90000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refusal is an answer; the browser notes its status in the console all the same.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return new Window(page, context, language, complaints);
}

export class Window {
  constructor(page, context, language, complaints) {
    Object.assign(this, { page, context, language, text: words[language], complaints });
  }

  t(key, values = {}) {
    return (this.text[values.count === 1 ? `${key}.one` : key] ?? this.text[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  async open(path) {
    await this.page.goto(path, { waitUntil: "load" });
    await this.page.waitForSelector("h1");
  }

  /** Waits for the step of the registration that asks for a group of its form. */
  async step(group) {
    await this.page.locator(`[id^="field-${group.replace(/_/g, "-")}"]`).first().waitFor();
  }

  /** Waits for the page with this heading. */
  async heading(key, values) {
    await this.page.locator("h1", { hasText: this.t(key, values) }).waitFor();
  }

  field(path) {
    return `#field-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "")}`;
  }

  async fill(values, prefix = "") {
    for (const [path, value] of Object.entries(values)) {
      const field = this.page.locator(this.field(prefix + path));
      if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async submit() {
    await this.page.locator("main form button[type=submit]").last().click();
  }

  async press(key, values) {
    await this.page.getByRole("button", { name: this.t(key, values), exact: true }).click();
  }

  async follow(key, values) {
    await this.page.locator("main").getByRole("link", { name: this.t(key, values), exact: true }).first().click();
  }

  async signIn(ncid, password = PASSWORD) {
    await this.open("/sign-in");
    await this.fill({ ncid, password });
    await this.submit();
    await this.page.locator(".portal-account").waitFor();
  }

  async says(text) {
    await this.page.locator("main", { hasText: text }).waitFor();
  }

  async alert(kind) {
    return this.page.locator(`main .usa-alert--${kind}`).first().innerText();
  }

  /** Fails with every fault axe finds in the page as it stands. */
  async isAccessible(what) {
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    assert.deepEqual(told, [], what);
  }

  async close() {
    await this.context.close();
    assert.deepEqual(this.complaints, []);
  }
}
