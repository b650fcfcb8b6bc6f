// The ledger of a provider or a person: what happened, who did it, and what came of it.
import { all, fromBase64, get, post } from "../api.js";
import { useTexts } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Field } from "../components/field.js";
import { save } from "../components/file.js";
import { Summary, Table, Tag } from "../components/list.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { html, useState } from "../view.js";
import { momentUtc, number, t } from "../words/index.js";

const rows = () => [
  { path: "kind", type: "choice", required: true, label: t("ledger.kind"), choices: ["provider", "person", "portal"].map((name) => ({ name, title: t(`ledger.${name}`) })) },
  { path: "name", type: "text", required: false, label: t("ledger.name") },
];

export default function Ledger({ query }) {
  const [kind, name] = (query.stream ?? "provider:").split(":");
  const [values, set] = useState({ kind, name: name ?? "" });
  const submit = (event) => {
    event.preventDefault();
    go(`/agency/ledger?stream=${encodeURIComponent(values.kind === "portal" ? "portal" : `${values.kind}:${values.name.trim()}`)}`);
  };
  return html`
    <${Page} title=${t("agency.ledger")} back=${{ to: "/agency", text: t("agency.title") }}>
      <form class="portal-form" onSubmit=${submit} novalidate>
        ${rows().map((row) => html`<${Field} key=${row.path} row=${row} value=${values[row.path]} onInput=${(value) => set((before) => ({ ...before, [row.path]: value }))} />`)}
        <p class="portal-actions"><${Button} type="submit">${t("ledger.show")}<//></p>
      </form>
      <${Checkpoint} />
      ${query.stream && html`<${Entries} key=${query.stream} stream=${query.stream} />`}
    <//>`;
}

/** The last checkpoint: what somebody else keeps, so that nothing is cut off unnoticed. */
function Checkpoint() {
  const load = useLoad(() => get("/api/agency/checkpoint"), []);
  const make = useDeed(async () => {
    await post("/api/agency/checkpoint");
    await load.reload();
    return true;
  });
  const last = load.data;
  return html`
    <section class="portal-card">
      <h2>${t("checkpoint.title")}</h2>
      <p>${t("checkpoint.text")}</p>
      ${make.answer && html`<${Alert} kind="success" live><p>${t("checkpoint.made")}</p><//>`}
      <${RefusalAlert} refusal=${make.refusal} />
      ${last ? html`<${Summary} rows=${[[t("ledger.number"), number(last.number)], [t("ledger.at"), momentUtc(last.at)], [t("checkpoint.entries"), number(last.entries)], [t("checkpoint.root"), html`<code class="portal-digest">${last.root}</code>`]]} />` : html`<p class="portal-quiet">${t("checkpoint.none")}</p>`}
      <p class="portal-actions">
        <${Button} kind="outline" onClick=${make.run} busy=${make.busy}>${t("checkpoint.make")}<//>
        ${last && html`<${Button} kind="outline" onClick=${() => save(fromBase64(last.checkpoint_base64), `checkpoint-${last.number}.cose`, "application/cose")}>${t("checkpoint.save")}<//>`}
      </p>
    </section>`;
}

function Entries({ stream }) {
  const texts = useTexts()?.texts ?? {};
  const load = useLoad(() => all("/api/agency/ledger", { stream }), [stream]);
  const columns = [
    { head: t("ledger.number"), cell: (entry) => number(entry.sequence) },
    { head: t("ledger.at"), cell: (entry) => momentUtc(entry.at) },
    { head: t("ledger.event"), cell: (entry) => html`<code>${entry.event}</code>` },
    { head: t("ledger.actor"), cell: (entry) => entry.actor || "–" },
    { head: t("ledger.subject"), cell: (entry) => entry.subject || "–" },
    { head: t("ledger.outcome"), cell: (entry) => html`<${Tag} kind=${entry.outcome === "NCT_OK" ? "good" : "bad"}>${texts[`status.${entry.outcome}`] ?? entry.outcome}<//>` },
    { head: t("ledger.detail"), cell: (entry) => entry.detail || "–" },
  ];
  if (load.loading) return html`<p role="status">${t("page.loading")}</p>`;
  if (load.refusal) return html`<${RefusalAlert} refusal=${load.refusal} />`;
  return html`${!load.data.complete && html`<p>${t("list.cut")}</p>`}<${Table} caption=${stream} columns=${columns} rows=${load.data.items} keyOf=${(entry) => entry.sequence} />`;
}
