// The pages' words: every language has every key, every key is used, and every key that is used is there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import en from "../src/words/en.js";
import es from "../src/words/es.js";

const folder = new URL("../src", import.meta.url).pathname;

function sources(path) {
  if (statSync(path).isFile()) return path.endsWith(".js") && !path.includes("/words/e") ? [readFileSync(path, "utf8")] : [];
  return readdirSync(path).flatMap((name) => sources(join(path, name)));
}

const source = sources(folder).join("\n");

test("Spanish has the keys of English", () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
});

test("both languages fill the same places", () => {
  const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const key of Object.keys(en)) assert.deepEqual(places(es[key]), places(en[key]), key);
});

test("every key that a page names is there", () => {
  const named = [...source.matchAll(/\bt\("([a-z]\w*\.\w+)"/g)].map(([, key]) => key);
  assert.deepEqual(named.filter((key) => !(key in en)), []);
});

test("no text is left over", () => {
  const built = [...source.matchAll(/`(\w+)\.\$\{/g)].map(([, group]) => group);
  const isUsed = (key) => source.includes(`"${key.replace(/\.one$/, "")}"`) || built.includes(key.split(".")[0]);
  assert.deepEqual(Object.keys(en).filter((key) => !isUsed(key)), []);
});
