// A provider one acts for: its record, and what one may do for it.
import { at, get } from "../api.js";
import { useTables } from "../catalogue.js";
import { contactRows } from "../components/contact.js";
import { Summary } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { html } from "../view.js";
import { day, t } from "../words/index.js";
import { maySign } from "./home.js";

export default function Provider({ provider }) {
  const tables = useTables();
  const load = useLoad(() => Promise.all([get(at`/api/providers/${provider}`), get("/api/me")]), [provider]);
  return html`<${Loaded} load=${load}>${([record, me]) => tables && html`<${Record} record=${record} tables=${tables} access=${me.providers.find(({ id }) => id === provider)} />`}<//>`;
}

export const ProviderSummary = ({ record }) => html`
  <${Summary} rows=${[
    [t("provider.state"), t(`provider.${record.state}`)],
    record.suspended_at > 0 && [t("provider.suspendedAt"), day(record.suspended_at)],
    [t("provider.oa"), record.office_administrator || t("form.notGiven")],
    record.backup_office_administrator && [t("provider.backupOa"), record.backup_office_administrator],
    ...contactRows(record),
    record.tax_id_masked && [t("provider.taxId"), record.tax_id_masked],
    record.eft_masked && [t("provider.eft"), record.eft_masked],
    [t("provider.enrolledAt"), day(record.enrolled_at)],
    record.changed_at > 0 && [t("provider.changedAt"), day(record.changed_at)],
    record.reverification_due > 0 && [t("provider.reverification"), day(record.reverification_due)],
  ]} />`;

function Record({ record, access, tables }) {
  const base = `/providers/${record.id}`;
  const rights = access ? [...access.authorities, ...access.rights] : [];
  const links = [
    rights.includes("user.administration") && ["users", t("users.title"), t("users.lead")],
    access && maySign(access, tables).length > 0 && ["sign", t("sign.title"), t("sign.lead")],
    rights.includes("eft.change") && ["change", t("providerChange.title"), t("providerChange.lead")],
    rights.includes("eft.change") && ["eft-change", t("eftChange.title"), t("eftChange.lead")],
    ["applications", t("applications.title"), t("applications.lead")],
    ["signatures", t("signatures.title"), t("signatures.lead")],
  ].filter(Boolean);
  return html`
    <${Page} title=${record.name} caption=${t("provider.id", { id: record.id })} back=${{ to: "/", text: t("nav.home") }}>
      <ul class="portal-cards">
        ${links.map(([to, title, lead]) => html`<li class="portal-card" key=${to}><h2><a class="usa-link" href="${base}/${to}">${title}</a></h2><p>${lead}</p></li>`)}
      </ul>
      <h2>${t("provider.record")}</h2>
      <${ProviderSummary} record=${record} />
      ${access && html`
        <h2>${t("provider.mine")}</h2>
        <${Summary} rows=${[
          [t("user.role"), tables.roleName(access.role)],
          [t("user.rights"), rights.map(tables.rightName).join(" · ") || t("form.notGiven")],
          access.valid_until > 0 && [t("user.until"), day(access.valid_until)],
        ]} />`}
    <//>`;
}
