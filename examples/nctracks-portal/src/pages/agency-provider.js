// One provider, as the agency sees it: record, a change of its Office Administrator that waits, applications.
import { all, at, get, post } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { ApplicationTable } from "../components/application-list.js";
import { Summary } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { Reasoned } from "../components/reason.js";
import { useLoad } from "../load.js";
import { html, useEffect, useRef } from "../view.js";
import { moment, t } from "../words/index.js";
import { ProviderSummary } from "./provider.js";

/** What there never was is no fault. */
const orNothing = (answer) => answer.catch((refusal) => (refusal.status === 404 ? undefined : Promise.reject(refusal)));

export default function AgencyProvider({ provider, query }) {
  const tables = useTables();
  const load = useLoad(
    () => Promise.all([get(at`/api/providers/${provider}`), orNothing(get(at`/api/agency/oa-changes/${provider}`)), orNothing(all(at`/api/providers/${provider}/applications`))]),
    [provider],
  );
  return html`<${Loaded} load=${load}>${([record, change, applications]) => tables && html`<${Shown} ...${{ record, change, applications: applications?.items ?? [], tables, wanted: query.application, reload: load.reload }} />`}<//>`;
}

function Shown({ record, change, applications, tables, wanted, reload }) {
  const path = at`/api/agency/providers/${record.id}`;
  const ask = (name) => async (reason) => {
    await post(`${path}/${name}`, { reason });
    await reload();
  };
  const ended = record.state === "terminated" || record.suspended_at > 0;
  const deeds = [
    ended && { text: t("agency.reinstate"), run: ask("reinstate"), done: t("agency.reinstated") },
    record.state !== "terminated" && { text: t("agency.terminate"), run: ask("terminate"), done: t("agency.terminated"), kind: "danger" },
  ].filter(Boolean);
  return html`
    <${Page} title=${record.name} caption=${t("provider.id", { id: record.id })} back=${{ to: "/agency", text: t("agency.title") }} narrow>
      <${ProviderSummary} record=${record} />
      <p><a class="usa-link" href="/agency/providers/${record.id}/change">${t("providerChange.title")}</a></p>
      <p><a class="usa-link" href="/agency/ledger?stream=provider:${record.id}">${t("agency.ledger")}</a></p>
      ${change?.request_state === "pending" && html`<${OaChange} change=${change} reload=${reload} />`}
      <h2>${t("applications.title")}</h2>
      <${ApplicationTable} applications=${applications} tables=${tables} />
      ${applications.filter(({ agency_moves }) => agency_moves.length > 0).map((one) => html`<${Decide} key=${one.id} ...${{ one, path, tables, wanted: one.id === wanted, reload }} />`)}
      <h2>${t("agency.recordState")}</h2>
      <${Reasoned} id="reason-record" label=${t("calls.reason")} hint=${t("agency.reasonHint")} deeds=${deeds} />
    <//>`;
}

function OaChange({ change, reload }) {
  const ask = (name) => async (reason) => {
    await post(at`/api/agency/oa-changes/${change.provider}/${name}`, { reason });
    await reload();
  };
  const deeds = [
    { text: t("oa.approve"), run: ask("approve"), done: t("oa.approved") },
    { text: t("oa.deny"), run: ask("deny"), done: t("oa.denied") },
  ];
  return html`
    <section class="portal-card">
      <h2>${t("oaChange.title")}</h2>
      <${Summary} rows=${[[t("oa.next"), change.office_administrator], [t("oa.previous"), change.previous], [t("eft.askedAt"), moment(change.requested_at)], [t("eft.lapsesAt"), moment(change.lapses_at)]]} />
      <${Alert} kind="info"><p>${t("oa.call")}</p><//>
      <${Reasoned} id="reason-oa" label=${t("eft.who")} hint=${t("eft.whoHint")} deeds=${deeds} />
    </section>`;
}

/** The one that was looked for is where the page begins. */
function Decide({ one, path, tables, wanted, reload }) {
  const card = useRef();
  useEffect(() => {
    if (wanted) card.current.scrollIntoView({ block: "center" });
    if (wanted) card.current.querySelector("h3").focus({ preventScroll: true });
  }, [wanted]);
  const deeds = one.agency_moves.map((move) => ({
    text: tables.moveName(move),
    kind: "outline",
    done: t("applications.moved"),
    run: async (reason) => {
      await post(`${path}/applications/${one.id}/moves`, { move, reason });
      await reload();
    },
  }));
  return html`
    <section class="portal-card" ref=${card}>
      <h3 tabindex="-1">${one.document_id} <span class="portal-quiet">${tables.submissionName(one.kind)} · ${tables.stateName(one.state)}</span></h3>
      <${Reasoned} id="reason-${one.id}" label=${t("calls.reason")} hint=${t("agency.reasonHint")} deeds=${deeds} />
    </section>`;
}
