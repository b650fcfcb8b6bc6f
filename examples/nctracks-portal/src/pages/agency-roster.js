// Enrolls many providers from a roster: a file of comma-separated values whose head names fields of the enrollment. Rows
// are sent one after another; what is wrong with one is said with its line, and the others go on.
import { post, problemsOf } from "../api.js";
import { Alert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { FileField, save } from "../components/file.js";
import { Table } from "../components/list.js";
import { Page } from "../components/page.js";
import { readRoster } from "../roster.js";
import { html, useRef, useState } from "../view.js";
import { number, t } from "../words/index.js";

async function enroll(row) {
  try {
    const { authorization_code: code } = await post("/api/agency/providers", { fields: row.fields });
    return { line: row.line, id: row.fields["provider.npi"], code };
  } catch (refusal) {
    const problems = problemsOf(refusal.problem?.errors);
    return { line: row.line, problems: problems.length ? problems : [{ path: "", message: refusal.message || t("error.unreachable") }] };
  }
}

export default function Roster() {
  const [file, take] = useState(undefined);
  const [attempt, count] = useState(0);
  const [state, set] = useState({ phase: "choose", done: [], total: 0 });
  const stop = useRef(false);
  const missing = attempt > 0 && !file ? [{ path: "roster", message: t("roster.missing") }] : [];
  const submit = async (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (!file || state.phase === "running") return;
    const rows = readRoster(await file.text());
    const done = [];
    stop.current = false;
    for (const row of rows) {
      if (stop.current) break;
      set({ phase: "running", done: [...done], total: rows.length });
      done.push(await enroll(row));
    }
    set({ phase: "finished", done, total: rows.length });
  };
  return html`
    <${Page} title=${t("agency.roster")} back=${{ to: "/agency", text: t("agency.title") }} problems=${missing} attempt=${attempt} narrow>
      <p>${t("roster.text")}</p>
      <pre class="portal-document">npi,kind,name,tax_id,email,phone</pre>
      <form class="portal-form" onSubmit=${submit} novalidate>
        <${FileField} id="roster" label=${t("roster.file")} hint=${t("roster.hint")} required problem=${missing[0]?.message} onFile=${take} />
        <p class="portal-actions"><${Button} type="submit" busy=${state.phase === "running"}>${t("roster.submit")}<//>${state.phase === "running" && html`<${Button} kind="outline" onClick=${() => (stop.current = true)}>${t("roster.stop")}<//>`}</p>
      </form>
      ${state.phase === "running" && html`<${Progress} state=${state} />`}
      <div aria-live="polite">${state.phase === "finished" && html`<${Outcome} state=${state} />`}</div>
    <//>`;
}

const Progress = ({ state }) => html`
  <label for="progress">${t("roster.progress", { done: number(state.done.length), total: number(state.total) })}</label>
  <progress id="progress" class="portal-progress" value=${state.done.length} max=${state.total}></progress>`;

function Outcome({ state }) {
  const enrolled = state.done.filter(({ code }) => code);
  const refused = state.done.flatMap(({ line, problems = [] }) => problems.map((problem) => ({ line, ...problem })));
  const letters = () => save(["provider,authorization_code", ...enrolled.map(({ id, code }) => `${id},${code}`), ""].join("\n"), "authorization-codes.csv", "text/csv");
  const columns = [
    { head: t("roster.line"), cell: (row) => number(row.line) },
    { head: t("roster.problem"), cell: (row) => row.message },
  ];
  return html`
    <h2>${t("verify.result")}</h2>
    <${Alert} kind=${refused.length ? "warning" : "success"}><p>${t("roster.enrolled", { count: enrolled.length })} ${t("roster.refused", { count: state.done.length - enrolled.length })}</p><//>
    ${enrolled.length > 0 && html`<p>${t("roster.codesText")}</p><p class="portal-actions"><${Button} onClick=${letters}>${t("roster.codes")}<//></p>`}
    ${refused.length > 0 && html`<${Table} caption=${t("roster.problems")} columns=${columns} rows=${refused} />`}`;
}
