// User Administration: people × rights. Any cell says why.
import { all, at, get } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { day, t } from "../words/index.js";

export default function Users({ provider, query }) {
  const tables = useTables();
  const load = useLoad(() => Promise.all([all(at`/api/providers/${provider}/users`), get(at`/api/providers/${provider}`)]), [provider]);
  return html`<${Loaded} load=${load}>${([users, record]) => tables && html`<${Administration} ...${{ users, record, tables, query }} />`}<//>`;
}

const told = ["added", "changed", "proposed", "revoked", "reset", "lost"];

function Administration({ users, record, tables, query }) {
  const [wanted, want] = useState("");
  const known = told.find((what) => query[what]);
  const people = users.items.filter(({ name, ncid }) => `${name} ${ncid}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  const base = `/providers/${record.id}`;
  return html`
    <${Page} title=${t("users.title")} caption=${t("provider.called", { name: record.name, id: record.id })} back=${{ to: base, text: record.name }} wide>
      ${known && html`<${Alert} kind="success" live><p>${t(`users.${known}`, { name: query[known] })}</p><//>`}
      <p>${t("users.text")}</p>
      <div class="portal-toolbar">
        <div class="portal-actions"><${LinkButton} to="${base}/users/add">${t("userAdd.title")}<//><${LinkButton} to="${base}/groups" kind="outline">${t("groups.title")}<//><${LinkButton} to="${base}/review" kind="outline">${t("accessReview.title")}<//><${LinkButton} to="${base}/invitations" kind="outline">${t("invitations.title")}<//><${LinkButton} to="${base}/proposals" kind="outline">${t("proposals.title")}<//></div>
        <div><label class="usa-label" for="find">${t("users.find")}</label><input class="usa-input" id="find" type="search" value=${wanted} onInput=${(event) => want(event.target.value)} /></div>
      </div>
      <p role="status" class="portal-quiet">${t("users.count", { count: people.length })}${!users.complete && ` ${t("list.cut")}`}</p>
      <${Matrix} ...${{ people, tables, base }} />
      <p class="portal-quiet portal-legend"><span class="portal-cell portal-cell--yes" aria-hidden="true">✓</span> ${t("users.has")} <span class="portal-cell" aria-hidden="true">–</span> ${t("users.hasNot")}</p>
    <//>`;
}

/** Rights that a profile's people can have, in the table's order; the head column stays while one scrolls. */
function Matrix({ people, tables, base }) {
  return html`
    <div class="portal-matrix" role="region" tabindex="0" aria-label=${t("users.matrix")}>
      <table class="usa-table usa-table--borderless">
        <caption class="usa-sr-only">${t("users.matrix")}</caption>
        <thead>
          <tr>
            <th scope="col" class="portal-matrix__person">${t("users.person")}</th>
            <th scope="col">${t("user.pin")}</th>
            ${tables.rights.map((right) => html`<th scope="col" class="portal-matrix__right" key=${right.name}><span>${tables.rightName(right.name)}</span></th>`)}
          </tr>
        </thead>
        <tbody>${people.map((user) => html`<${Row} key=${user.ncid} ...${{ user, tables, base }} />`)}</tbody>
      </table>
    </div>`;
}

function Row({ user, tables, base }) {
  const name = user.name || user.ncid;
  const ncid = `ncid=${encodeURIComponent(user.ncid)}`;
  return html`
    <tr>
      <th scope="row" class="portal-matrix__person">
        ${user.manageable ? html`<a class="usa-link" href="${base}/user?${ncid}">${name}</a>` : html`<strong>${name}</strong>`}
        <span class="portal-quiet">${user.ncid}</span>
        <${Tag} kind="role">${tables.roleName(user.role)}<//>
        ${user.valid_until > 0 && html`<span class="portal-quiet">${t("users.until", { day: day(user.valid_until) })}</span>`}
      </th>
      <td><${Tag} kind=${user.pin.state === "active" ? "good" : "bad"}>${t(`pin.${user.pin.state}`)}<//></td>
      ${tables.rights.map((right) => html`<td class="portal-matrix__cell" key=${right.name}><${Cell} ...${{ user, name, right, tables, to: `${base}/user/why?${ncid}&right=${right.name}` }} /></td>`)}
    </tr>`;
}

function Cell({ user, name, right, tables, to }) {
  const has = user.rights.includes(right.name);
  const called = t(has ? "users.cellYes" : "users.cellNo", { name, right: tables.rightName(right.name) });
  return html`<a class="portal-cell ${has ? "portal-cell--yes" : ""}" href=${to} aria-label=${called} title=${called}>${has ? "✓" : "–"}</a>`;
}
