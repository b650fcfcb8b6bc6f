// How the portal is: what waits and is overdue, the last checkpoint, and rows of the store that do not open.
import { at, get, post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Summary, Table } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { Reasoned } from "../components/reason.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { moment, number, t } from "../words/index.js";

export default function Health() {
  const load = useLoad(() => get("/api/agency/health"), []);
  return html`<${Loaded} load=${load}>${(health) => html`<${Shown} health=${health} />`}<//>`;
}

const waiting = ({ count, complete, oldest }) => html`${number(count)}${!complete && "+"}${oldest > 0 && ` · ${t("health.since", { at: moment(oldest) })}`}`;

const Shown = ({ health }) => html`
  <${Page} title=${t("agency.health")} back=${{ to: "/agency", text: t("agency.title") }}>
    ${[health.mail, health.due].some(({ code }) => code !== "NCT_OK") && html`<${Alert} kind="warning"><p>${t("health.partial")}</p><//>`}
    <${Summary} rows=${[
      [t("health.mail"), waiting(health.mail), html`<a class="usa-link" href="/agency/mail">${t("agency.outbox")}</a>`],
      [t("health.due"), waiting(health.due), html`<a class="usa-link" href="/agency/due">${t("agency.due")}</a>`],
      [t("checkpoint.title"), moment(health.checkpoint_at) || t("checkpoint.none"), html`<a class="usa-link" href="/agency/ledger">${t("agency.ledger")}</a>`],
    ]} />
    <${Damage} spaces=${health.spaces} />
  <//>`;

const PAGE = 1000;

/** Every row of every space is opened once, a page at a time. */
async function search(spaces, tell) {
  const found = [];
  let seen = 0;
  for (const [i, space] of spaces.entries()) {
    let after;
    do {
      const { rows, next, seen: looked } = await damagePage(space, after);
      found.push(...rows.map((row) => ({ ...row, space })));
      seen += looked;
      after = next;
    } while (after);
    tell({ done: i + 1, seen, found: [...found] });
  }
  return { seen, found };
}

async function damagePage(space, after) {
  const { data, next, seen } = await get(at`/api/agency/damage/${space}`, { after, limit: PAGE }, { whole: true });
  return { rows: data, next, seen };
}

function Damage({ spaces }) {
  const [progress, tell] = useState(undefined);
  const look = useDeed(() => search(spaces, tell));
  const repair = async (reason) => {
    const answer = await post("/api/agency/repair", { reason });
    await look.run();
    return answer;
  };
  const columns = [
    { head: t("health.space"), cell: (row) => html`<code>${row.space}</code>` },
    { head: t("health.whose"), cell: (row) => [row.provider, row.ncid].filter(Boolean).join(" · ") || "–" },
    { head: t("health.what"), cell: (row) => row.message },
    { head: t("health.key"), cell: (row) => html`<code class="portal-digest">${row.key}</code>` },
  ];
  return html`
    <section>
      <h2>${t("health.damage")}</h2>
      <p>${t("health.damageText")}</p>
      <${RefusalAlert} refusal=${look.refusal} />
      <p class="portal-actions"><${Button} onClick=${look.run} busy=${look.busy}>${t("health.look")}<//></p>
      ${look.busy && progress && html`<label for="progress">${t("health.progress", { done: progress.done, total: spaces.length })}</label><progress id="progress" class="portal-progress" value=${progress.done} max=${spaces.length}></progress>`}
      <div role="status">${look.answer && html`<${Alert} kind=${look.answer.found.length ? "error" : "success"}><p>${t("health.seen", { count: look.answer.seen })} ${t("health.found", { count: look.answer.found.length })}</p><//>`}</div>
      ${look.answer?.found.length > 0 && html`
        <${Table} caption=${t("health.damage")} hideCaption columns=${columns} rows=${look.answer.found} />
        <h3>${t("health.repair")}</h3>
        <p>${t("health.repairText")}</p>
        <${Reasoned} id="repair" label=${t("calls.reason")} hint=${t("agency.reasonHint")} deeds=${[{ text: t("health.repair"), run: repair, done: t("health.repaired") }]} />`}
    </section>`;
}
