// The agency's console: what its staff can do here, and every provider.
import { all } from "../api.js";
import { Damaged, Table, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { day, t } from "../words/index.js";

const addresses = {
  work: "/agency/work",
  enroll: "/agency/enroll",
  roster: "/agency/roster",
  eft: "/agency/eft-changes",
  calls: "/agency/call-center",
  due: "/agency/due",
  outbox: "/agency/mail",
  ledger: "/agency/ledger",
  health: "/agency/health",
};

export default function Agency() {
  const load = useLoad(() => all("/api/agency/providers"), []);
  return html`<${Loaded} load=${load}>${({ items, complete, partial }) => html`<${Console} providers=${items} complete=${complete} partial=${partial} />`}<//>`;
}

function Console({ providers, complete, partial }) {
  const [wanted, want] = useState("");
  const shown = providers.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  const columns = [
    { head: t("provider.name"), cell: (one) => html`<a class="usa-link" href="/agency/providers/${one.id}">${one.name}</a><br /><span class="portal-quiet">${one.id}</span>` },
    { head: t("provider.state"), cell: (one) => html`<${Tag} kind=${one.state === "terminated" ? "bad" : one.state === "registered" ? "good" : "role"}>${t(`provider.${one.state}`)}<//>` },
    { head: t("provider.oa"), cell: (one) => one.office_administrator || "–" },
    { head: t("provider.reverification"), cell: (one) => day(one.reverification_due) || "–" },
  ];
  return html`
    <${Page} title=${t("agency.title")}>
      <ul class="portal-cards">${Object.keys(addresses).map((task) => html`<li class="portal-card" key=${task}><h2><a class="usa-link" href=${addresses[task]}>${t(`agency.${task}`)}</a></h2><p>${t(`agency.${task}Text`)}</p></li>`)}</ul>
      <h2>${t("agency.providers")}</h2>
      ${partial && html`<${Damaged} />`}
      <label class="usa-label" for="find">${t("agency.find")}</label>
      <input class="usa-input" id="find" type="search" value=${wanted} onInput=${(event) => want(event.target.value)} />
      <p role="status" class="portal-quiet">${t("agency.count", { count: shown.length })}${!complete && ` ${t("list.cut")}`}</p>
      <${Table} caption=${t("agency.providers")} hideCaption columns=${columns} rows=${shown} keyOf=${(one) => one.id} />
    <//>`;
}
