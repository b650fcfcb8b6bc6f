// Applications and requests with their state.
import { html } from "../view.js";
import { moment, t } from "../words/index.js";
import { Table, Tag } from "./list.js";

const kinds = { approved: "good", denied: "bad", abandoned: "bad", withdrawn: "bad", void: "bad" };

export function ApplicationTable({ applications, tables, tools }) {
  if (applications.length === 0) return html`<p class="portal-quiet">${t("applications.none")}</p>`;
  const columns = [
    { head: t("sign.id"), cell: (one) => one.document_id },
    { head: t("sign.what"), cell: (one) => tables.submissionName(one.kind) },
    { head: t("provider.state"), cell: (one) => html`<${Tag} kind=${kinds[one.state] ?? "role"}>${tables.stateName(one.state)}<//>${one.note && html`<br /><span class="portal-quiet">${one.note}</span>`}` },
    { head: t("applications.at"), cell: (one) => moment(one.moved_at || one.drafted_at) },
    tools && { head: t("applications.tools"), cell: tools },
  ].filter(Boolean);
  return html`<${Table} caption=${t("applications.title")} hideCaption columns=${columns} rows=${applications} keyOf=${(one) => one.id} />`;
}
