// A form drawn from a field table: values by path, problems beside their fields as one types, all at once when one sends.
import { post, problemsOf } from "../api.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { language, t } from "../words/index.js";
import { useStore } from "../store.js";
import { Field, isTyped } from "./field.js";

/**
 * Values and problems of a form. The server judges the whole form whenever a field is left; shown is what concerns
 * fields that were left, until the form is sent. `beside` are rows of the page's own, such as a reason: they are no part
 * of the form, and have to be given.
 */
export function useValues(kind, start = {}, beside = []) {
  const [values, setValues] = useState(start);
  const [found, setFound] = useState([]);
  const [refused, setRefused] = useState([]);
  const [left, setLeft] = useState(() => new Set());
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(values);
  const turn = useRef(0);
  const timer = useRef();
  const code = useStore(language);
  latest.current = values;

  const judge = async (subject = latest.current) => {
    const mine = ++turn.current;
    const { problems } = await post(`/api/forms/${kind}/validate`, { fields: without(given(subject), beside) });
    const all = [...problemsOf(problems), ...beside.filter(({ path }) => !subject[path]).map(({ path, missing }) => ({ path, message: missing }))];
    // What was typed since then is judged the next time: a verdict on another value is none on this one.
    if (mine === turn.current) setFound(all.filter(({ path }) => subject[path] === latest.current[path]));
    return all;
  };
  const judgeSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => judge().catch(() => undefined), 250);
  };
  useEffect(() => {
    if (left.size > 0 || attempt > 0) judge().catch(() => undefined);
  }, [code]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const set = (path, value) => {
    setValues((before) => ({ ...before, [path]: value }));
    const others = (before) => before.filter((problem) => problem.path !== path);
    setRefused(others);
    setFound(others);
    if (left.has(path) || attempt > 0) judgeSoon();
  };
  const leave = (path) => {
    if (!latest.current[path] && !left.has(path)) return;
    setLeft((before) => new Set(before).add(path));
    judgeSoon();
  };
  /** Everything that is wrong among these paths; the summary shows it. */
  const check = async (concerns = () => true) => {
    clearTimeout(timer.current);
    const all = (await judge()).filter((problem) => concerns(problem.path));
    setLeft((before) => new Set([...before, ...all.map((problem) => problem.path)]));
    setAttempt((count) => count + 1);
    return all;
  };
  const refuse = (problems) => {
    setRefused(problems);
    setAttempt((count) => count + 1);
  };
  const shown = [...refused, ...found.filter((problem) => left.has(problem.path) && !refused.some((other) => other.path === problem.path))];
  return { values, setValues, set, leave, check, refuse, attempt, problems: shown };
}

/** What was filled in: empty fields are not sent. */
export const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));

const without = (fields, rows) => Object.fromEntries(Object.entries(fields).filter(([path]) => !rows.some((row) => row.path === path)));

/** Fields of a form in the table's order; `index` fills the N of a repeated group. */
export function Fields({ rows, form, index, autoFocus }) {
  return rows.map((row, i) => {
    const path = index === undefined ? row.path : row.path.replace("[N]", `[${index}]`);
    return html`<${Field} key=${path} row=${row} path=${path} value=${form.values[path] ?? ""} autoFocus=${autoFocus && i === 0}
      problem=${form.problems.find((problem) => problem.path === path)?.message}
      onInput=${(value) => form.set(path, value)} onLeave=${() => form.leave(path)} />`;
  });
}

/** The group of the table a path belongs to: "eft" of eft.routing_number, "users[N]" of users[0].ncid, "" of ncid. */
export const groupOf = (path) => path.replace(/\[\d+\]/, "[N]").replace(/\.?[^.]*$/, "");

/** Groups in the table's order, each with what the table says of it and its rows. */
export function groups(rows) {
  const found = new Map();
  for (const row of rows.filter(isTyped)) {
    if (!found.has(row.group)) found.set(row.group, { name: row.group, title: row.group_label, required: row.group_required, most: row.group_max, rows: [] });
    found.get(row.group).rows.push(row);
  }
  return [...found.values()];
}

/** A group's title, and whether it may be left out. */
export const GroupTitle = ({ part }) => html`${part.title}${!part.required && html` <span class="usa-hint">${t("form.optional")}</span>`}`;
