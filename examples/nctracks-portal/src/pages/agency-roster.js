// Enrolls many providers from a roster: a file of comma-separated values whose head names fields of the enrollment. The
// server enrolls them one after another, also while nobody looks: one can leave this page and come back to it.
import { all, at, del, get, post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { FileField, save } from "../components/file.js";
import { Table, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { readRoster } from "../roster.js";
import { go } from "../router.js";
import { useStore } from "../store.js";
import { html, useEffect, useState } from "../view.js";
import { language, number, t } from "../words/index.js";

const LOOK_MS = 1000;
const here = "/agency/roster";

export default function Roster({ query }) {
  return query.id ? html`<${One} id=${query.id} />` : html`<${Begin} />`;
}

function Begin() {
  const load = useLoad(() => all("/api/agency/rosters"), []);
  const [file, take] = useState(undefined);
  const [problems, object] = useState([]);
  const [attempt, count] = useState(0);
  const begin = useDeed(async () => {
    const rows = readRoster(await file.text());
    if (rows.length === 0) return object([{ path: "roster", message: t("roster.empty") }]);
    const { id } = await post("/api/agency/rosters", { rows });
    return go(`${here}?id=${id}`);
  });
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    object(file ? [] : [{ path: "roster", message: t("roster.missing") }]);
    if (file) begin.run();
  };
  return html`
    <${Page} title=${t("agency.roster")} back=${{ to: "/agency", text: t("agency.title") }} problems=${problems} attempt=${attempt} narrow>
      <p>${t("roster.text")}</p>
      <pre class="portal-document">npi,kind,name,tax_id,email,phone</pre>
      <${RefusalAlert} refusal=${begin.refusal} />
      <form class="portal-form" onSubmit=${submit} novalidate>
        <${FileField} id="roster" label=${t("roster.file")} hint=${t("roster.hint")} required problem=${problems[0]?.message} onFile=${take} />
        <p class="portal-actions"><${Button} type="submit" busy=${begin.busy}>${t("roster.submit")}<//></p>
      </form>
      ${load.data?.items.length > 0 && html`<h2>${t("roster.earlier")}</h2><ul class="portal-waits">${load.data.items.map((one) => html`<${Earlier} key=${one.id} roster=${one} />`)}</ul>`}
    <//>`;
}

const Earlier = ({ roster }) => html`
  <li><a class="usa-link" href="${here}?id=${roster.id}">${t("roster.progress", roster)}</a> <${Tag} kind=${roster.state === "finished" ? "good" : "role"}>${t(`roster.${roster.state}`)}<//></li>`;

function One({ id }) {
  const code = useStore(language);
  const path = at`/api/agency/rosters/${id}`;
  const load = useLoad(() => get(path), [path, code]);
  const running = load.data?.state === "running";
  useEffect(() => {
    if (!running) return undefined;
    const timer = setTimeout(load.reload, LOOK_MS);
    return () => clearTimeout(timer);
  }, [load.data]);
  return html`<${Loaded} load=${load}>${(roster) => html`<${Shown} ...${{ roster, path, running, reload: load.reload }} />`}<//>`;
}

function Shown({ roster, path, running, reload }) {
  const stop = useDeed(async () => {
    await post(`${path}/stop`);
    await reload();
  });
  return html`
    <${Page} title=${t("agency.roster")} back=${{ to: here, text: t("agency.roster") }} narrow>
      <${Progress} roster=${roster} />
      <${RefusalAlert} refusal=${stop.refusal} />
      ${running && html`<p>${t("roster.leave")}</p><p class="portal-actions"><${Button} kind="outline" onClick=${stop.run} busy=${stop.busy}>${t("roster.stop")}<//></p>`}
      <div aria-live="polite">${!running && html`<${Outcome} roster=${roster} path=${path} />`}</div>
      ${roster.problems.length > 0 && html`<${Problems} problems=${roster.problems} />`}
    <//>`;
}

/** A bar for the eyes; for a screen reader a sentence, at each tenth and not at each row. */
function Progress({ roster }) {
  const tenths = Math.floor((10 * roster.done) / roster.total);
  return html`
    <label for="progress">${t("roster.progress", roster)}</label>
    <progress id="progress" class="portal-progress" value=${roster.done} max=${roster.total}></progress>
    <p class="usa-sr-only" role="status">${t("roster.percent", { count: 10 * tenths })}</p>`;
}

function Problems({ problems }) {
  const columns = [
    { head: t("roster.line"), cell: (row) => number(row.line) },
    { head: t("roster.problem"), cell: (row) => row.detail },
  ];
  return html`<${Table} caption=${t("roster.problems")} columns=${columns} rows=${problems} />`;
}

function Outcome({ roster, path }) {
  const codes = useDeed(async () => {
    const rows = await get(`${path}/codes`);
    save(["provider,authorization_code", ...rows.map((row) => `${row.provider},${row.authorization_code}`), ""].join("\n"), "authorization-codes.csv", "text/csv");
  });
  const forget = useDeed(async () => {
    await del(path);
    go(here);
  });
  const refused = roster.done - roster.enrolled;
  return html`
    <h2>${t("verify.result")}</h2>
    <${Alert} kind=${refused || roster.state === "stopped" ? "warning" : "success"}><p>${t("roster.enrolled", { count: roster.enrolled })} ${t("roster.refused", { count: refused })}${roster.state === "stopped" && ` ${t("roster.notTried", { count: roster.total - roster.done })}`}</p><//>
    <${RefusalAlert} refusal=${codes.refusal ?? forget.refusal} />
    <p>${t("roster.codesText")}</p>
    <p class="portal-actions">${roster.enrolled > 0 && html`<${Button} onClick=${codes.run} busy=${codes.busy}>${t("roster.codes")}<//>`}<${Button} kind="outline" onClick=${forget.run} busy=${forget.busy}>${t("roster.forget")}<//></p>`;
}
