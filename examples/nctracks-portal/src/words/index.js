// The pages' own words. Texts about fields, rules, statuses, roles and rights are the library's and come from the server.
import { store } from "../store.js";
import en from "./en.js";

const tables = { en: async () => en, es: async () => (await import("./es.js")).default };

export const languages = [
  { code: "en", name: "English" },
  { code: "es", name: "Español" },
];

export const language = store("en");
let words = en;

/** Takes a language into use; one without a table is English. */
export async function speak(code) {
  const known = code in tables ? code : "en";
  words = await tables[known]();
  document.documentElement.lang = known;
  localStorage.setItem("language", known);
  language.set(known);
}

/** The language chosen before, or else the browser's. */
export function preferredLanguage() {
  const wanted = [localStorage.getItem("language"), ...navigator.languages].filter(Boolean);
  return wanted.map((code) => code.slice(0, 2)).find((code) => code in tables) ?? "en";
}

/** A text with its places filled: t("home.title", { name }). One, or more than one, by `count`. */
export function t(key, values = {}) {
  const one = values.count === 1 ? words[`${key}.one`] : undefined;
  const text = one ?? words[key] ?? en[key] ?? key;
  const said = (value) => (typeof value === "number" ? number(value) : String(value));
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? said(values[name] ?? "") : place));
}

const locale = () => (language.get() === "es" ? "es-US" : "en-US");

/** A moment, in the reader's language and time zone, and the zone named. */
export function moment(ms) {
  return ms ? new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short" }).format(ms) : "";
}

export function day(ms) {
  return ms ? new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(ms) : "";
}

/** The same moment for evidence: UTC to the second. */
export function momentUtc(ms) {
  const format = { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" };
  return ms ? `${new Intl.DateTimeFormat(locale(), format).format(ms)} UTC` : "";
}

export const number = (value) => new Intl.NumberFormat(locale()).format(value);
