// What waits for the agency, over all providers: found by kind, state and age, and given to whoever works on it.
import { all, at, clock, del, put } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Dialog } from "../components/dialog.js";
import { Damaged, Table } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { html, useRef, useState } from "../view.js";
import { day, language, t } from "../words/index.js";
import { useStore } from "../store.js";

const kinds = ["application", "oa_change", "eft_change", "contested_address"];
const ages = ["7", "14", "30"];
const whose = ["mine", "nobody"];

const DAY_MS = 86400000;

/** What the server is asked for; whose it is, the page finds itself. */
const asked = ({ kind, state, days }) => ({ kind, state, until: days && String(Date.now() + clock.ahead - Number(days) * DAY_MS) });

/** Only what there is: an address somebody typed may say anything. */
const chosen = (query) => ({
  kind: kinds.includes(query.kind) ? query.kind : "",
  state: query.kind === "application" ? (query.state ?? "") : "",
  days: ages.includes(query.days) ? query.days : "",
  whose: whose.includes(query.whose) ? query.whose : "",
});

export default function Work({ query }) {
  const tables = useTables();
  const code = useStore(language);
  const filter = chosen(query);
  const load = useLoad(() => Promise.all([all("/api/agency/work", asked(filter)), all("/api/agency/staff")]), [...Object.values(filter), code]);
  return html`<${Loaded} load=${load}>${([work, staff]) => tables && html`<${List} ...${{ work, staff: staff.items, filter, tables, reload: load.reload }} />`}<//>`;
}

const isWhose = { "": () => true, mine: ({ assignee }) => assignee === session.get().ncid, nobody: ({ assignee }) => !assignee };

function List({ work, staff, filter, tables, reload }) {
  const [giving, give] = useState(undefined);
  const [told, tell] = useState(undefined);
  const items = work.items.filter(isWhose[filter.whose]);
  const assign = useDeed(async (one, assignee) => {
    await put(at`/api/agency/work/${one.item}/assignee`, { assignee });
    await done(t("work.given", { name: nameOf(staff, assignee) }));
  });
  const release = useDeed(async (one) => {
    await del(at`/api/agency/work/${one.item}/assignee`);
    await done(t("work.released"));
  });
  const done = async (text) => {
    give(undefined);
    tell(text);
    await reload();
  };
  const tools = (one) => html`<${Tools} ...${{ one, take: () => assign.run(one, session.get().ncid), give: () => give(one), release: () => release.run(one) }} />`;
  return html`
    <${Page} title=${t("agency.work")} back=${{ to: "/agency", text: t("agency.title") }}>
      ${work.partial && html`<${Damaged} />`}
      <${Filters} filter=${filter} tables=${tables} items=${work.items} />
      ${told && html`<${Alert} kind="success" live><p>${told}</p><//>`}
      ${!giving && html`<${RefusalAlert} refusal=${assign.refusal ?? release.refusal} />`}
      <p role="status" class="portal-quiet">${t("work.count", { count: items.length })}${!work.complete && ` ${t("list.cut")}`}</p>
      ${items.length > 0 && html`<${Table} caption=${t("agency.work")} hideCaption columns=${columns(tables, staff, tools)} rows=${items} keyOf=${({ item }) => item} />`}
      ${giving && html`<${Give} ...${{ one: giving, staff, tables, assign, cancel: () => give(undefined) }} />`}
    <//>`;
}

const nameOf = (staff, ncid) => staff.find((one) => one.ncid.toLowerCase() === ncid.toLowerCase())?.name || ncid;

/** Where each kind is decided. */
const where = {
  application: ({ provider, application }) => `/agency/providers/${provider}?application=${application}`,
  oa_change: ({ provider }) => `/agency/providers/${provider}`,
  eft_change: () => "/agency/eft-changes",
  contested_address: ({ ncid }) => `/agency/call-center?ncid=${encodeURIComponent(ncid)}`,
};

const called = (one, tables) => (one.kind === "application" ? tables.submissionName(one.submission) : t(`work.${one.kind}`));

const columns = (tables, staff, tools) => [
  { head: t("work.what"), cell: (one) => html`<a class="usa-link" href=${where[one.kind](one)}>${called(one, tables)}</a>${one.application_state && html`<br /><span class="portal-quiet">${tables.stateName(one.application_state)}</span>`}` },
  { head: t("work.about"), cell: (one) => html`${one.name || one.ncid}${one.provider && html`<br /><span class="portal-quiet">${one.provider}</span>`}` },
  { head: t("work.since"), cell: (one) => day(one.since) },
  { head: t("work.assignee"), cell: (one) => (one.assignee ? nameOf(staff, one.assignee) : "–") },
  { head: t("work.tools"), cell: tools },
];

function Tools({ one, take, give, release }) {
  const about = `${one.name || one.ncid}, ${day(one.since)}`;
  const button = (key, run) => html`<${Button} kind="plain" onClick=${run} label=${`${t(key)}: ${about}`}>${t(key)}<//>`;
  return html`<span class="portal-people__tools">${one.assignee ? button("work.release", release) : html`${button("work.take", take)}${button("work.give", give)}`}</span>`;
}

/** Each choice has an address of its own, so that it can be kept and sent. */
function Filters({ filter, tables, items }) {
  const seen = useRef(new Set(filter.state ? [filter.state] : []));
  items.forEach((one) => one.application_state && seen.current.add(one.application_state));
  const open = (next) => go(`/agency/work?${new URLSearchParams(Object.entries({ ...filter, ...next }).filter(([, value]) => value))}`);
  const select = (id, everything, choices) => html`
    <div><label class="usa-label" for=${id}>${t(`work.${id}`)}</label>
    <select class="usa-select" id=${id} value=${filter[id]} onChange=${(event) => open({ [id]: event.target.value })}>
      <option value="">${everything}</option>
      ${choices.map(([name, text]) => html`<option key=${name} value=${name} selected=${name === filter[id]}>${text}</option>`)}
    </select></div>`;
  return html`<div class="portal-dates">
    ${select("kind", t("work.all"), kinds.map((name) => [name, t(`work.${name}`)]))}
    ${filter.kind === "application" && select("state", t("work.all"), [...seen.current].map((name) => [name, tables.stateName(name)]))}
    ${select("days", t("work.all"), ages.map((name) => [name, t("work.older", { count: Number(name) })]))}
    ${select("whose", t("work.all"), whose.map((name) => [name, t(`work.${name}`)]))}
  </div>`;
}

function Give({ one, staff, tables, assign, cancel }) {
  const others = staff.filter(({ ncid }) => ncid !== session.get().ncid);
  const [ncid, choose] = useState(others[0]?.ncid ?? "");
  const submit = (event) => {
    event.preventDefault();
    if (ncid) assign.run(one, ncid);
  };
  return html`
    <${Dialog} title=${t("work.giveTitle")} onCancel=${cancel}>
      <p>${called(one, tables)} · ${one.name || one.ncid}</p>
      <${RefusalAlert} refusal=${assign.refusal} />
      <form onSubmit=${submit}>
        <label class="usa-label" for="colleague">${t("work.colleague")}</label>
        <select class="usa-select" id="colleague" value=${ncid} onChange=${(event) => choose(event.target.value)}>
          ${others.map((other) => html`<option key=${other.ncid} value=${other.ncid} selected=${other.ncid === ncid}>${other.name || other.ncid}</option>`)}
        </select>
        <p class="portal-actions"><${Button} type="submit" busy=${assign.busy}>${t("work.give")}<//><${Button} kind="outline" onClick=${cancel}>${t("action.back")}<//></p>
      </form>
    <//>`;
}
