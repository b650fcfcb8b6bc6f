// Speaks with the server: JSON, problem documents (RFC 9457), lists by cursor, and the headers every request has.
import { language } from "./words/index.js";

const listeners = new Set();

/** Calls back after each answer: { path, status }. */
export function onAnswer(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How far the server's clock is ahead of this computer's, in milliseconds. */
export const clock = { ahead: 0 };

/** What the server refused, or (status 0) that it could not be reached. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || "");
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
  }

  /** What is wrong with single fields: [{ path, message }]. */
  get fields() {
    return problemsOf(this.problem.errors);
  }
}

export const problemsOf = (errors = []) => errors.map(({ path, detail, code }) => ({ path, message: detail, code }));

/** A name for one deed: sent again with it, the deed is done once. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function call(method, path, { query, body, key } = {}) {
  const url = new URL(path, location.origin);
  const all = { language: language.get(), ...query };
  for (const [name, value] of Object.entries(all)) if (value) url.searchParams.set(name, value);
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-NCTracks"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const request = { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", cache: "no-store" };
  const answer = await fetch(url, request).catch(() => {
    throw new Refusal(0, {});
  });
  const told = Date.parse(answer.headers.get("Date"));
  if (told) clock.ahead = told - Date.now();
  listeners.forEach((listener) => listener({ path, status: answer.status }));
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

async function json(answer) {
  return answer.status === 204 ? {} : answer.json();
}

const dataOf = async (answer) => (await json(await answer)).data;

export const get = (path, query, { whole } = {}) => (whole ? call("GET", path, { query }).then(json) : dataOf(call("GET", path, { query })));
export const post = (path, body = {}, options) => dataOf(call("POST", path, { ...options, body }));
export const put = (path, body = {}) => dataOf(call("PUT", path, { body }));
export const del = (path) => dataOf(call("DELETE", path));

/** One page of a list: { items, next }. */
export async function page(path, query) {
  const { data, next, partial } = await json(await call("GET", path, { query }));
  return { items: data, next, partial: Boolean(partial) };
}

/** Every page of a list, up to `most` items: { items, complete, partial }; partial: damaged rows were left out. */
export async function all(path, query, most = 2000) {
  const items = [];
  let next;
  let partial = false;
  do {
    const part = await page(path, { ...query, after: next, limit: 200 });
    items.push(...part.items);
    next = part.next;
    partial ||= part.partial;
  } while (next && items.length < most);
  return { items, complete: !next, partial };
}

/** A file's bytes. */
export async function bytes(path) {
  const answer = await call("GET", path);
  return new Uint8Array(await answer.arrayBuffer());
}

/** An address from parts that are kept apart: at`/api/providers/${id}/users`. */
export const at = (strings, ...parts) => strings.reduce((path, text, i) => path + encodeURIComponent(parts[i - 1]) + text);

export function toBase64(content) {
  let text = "";
  for (let i = 0; i < content.length; i += 0x8000) text += String.fromCharCode(...content.subarray(i, i + 0x8000));
  return btoa(text);
}

export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
