// Changes or ends a person's access after showing what would change; a new PIN for them, or a report of a lost one.
import { all, at, del, get, post, put } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Check } from "../components/field.js";
import { Summary, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { go } from "../router.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

export default function UserChange({ provider, query }) {
  const { ncid } = query;
  const tables = useTables();
  const load = useLoad(() => Promise.all([all(at`/api/providers/${provider}/users`), get("/api/me")]), [provider]);
  return html`
    <${Loaded} load=${load}>
      ${([{ items }, me]) => {
        const user = items.find((one) => one.ncid === ncid) ?? nobody(ncid);
        const mine = me.providers.find(({ id }) => id === provider)?.role;
        return tables && html`<${Change} ...${{ provider, user, tables, roles: rolesFor(tables, mine, user.role) }} />`;
      }}
    <//>`;
}

const nobody = (ncid) => ({ ncid, name: "", role: "", rights: [], valid_from: 0, valid_until: 0, pin: { state: "none" } });

/** The roles that somebody with the role `mine` may give, and the one that is had already. */
function rolesFor(tables, mine, had) {
  const given = tables.roles.find(({ name }) => name === mine)?.manages ?? [];
  return tables.roles.filter(({ name }) => given.includes(name) || name === had);
}

const DAY_MS = 86400000;

/** The first moment of a day here, and back. Access "until" a day lasts to that day's end. */
const dayOf = (ms) => new Date(ms - new Date(ms).getTimezoneOffset() * 60000).toISOString().slice(0, 10);
const startOf = (date) => (date ? Date.parse(`${date}T00:00:00`) : 0);
const firstDay = (ms) => (ms > 0 ? dayOf(ms) : "");
const lastDay = (ms) => (ms > 0 ? dayOf(ms - 1) : "");
const endOf = (date) => (date ? startOf(dayOf(startOf(date) + 1.5 * DAY_MS)) : 0);

function Change({ provider, user, tables, roles }) {
  const [grant, set] = useState({ role: user.role, rights: user.rights, from: firstDay(user.valid_from), until: lastDay(user.valid_until) });
  const [asked, ask] = useState(undefined);
  const path = at`/api/providers/${provider}/users/${user.ncid}`;
  const body = () => ({ role: grant.role, rights: grant.rights, valid_from: startOf(grant.from), valid_until: endOf(grant.until) });
  const preview = useDeed(async (what) => ask({ what, ...(await post(`${path}/preview`, what === "revoke" ? { revoke: true } : body())) }));
  const back = { to: `/providers/${provider}/users`, text: t("users.title") };
  const name = user.name || user.ncid;
  if (asked) return html`<${Preview} ...${{ asked, path, proposal: at`/api/providers/${provider}/proposals/${user.ncid}`, body, name, back, tables, close: () => ask(undefined) }} />`;
  const flip = (right) => set({ ...grant, rights: grant.rights.includes(right) ? grant.rights.filter((other) => other !== right) : [...grant.rights, right] });
  return html`
    <${Page} title=${t("userChange.of", { name })} caption=${user.ncid} back=${back} narrow>
      <${RefusalAlert} refusal=${preview.refusal} />
      <form class="portal-form" onSubmit=${(event) => (event.preventDefault(), preview.run("change"))} novalidate>
        <label class="usa-label" for="role">${t("user.role")}</label>
        <select class="usa-select" id="role" value=${grant.role} onChange=${(event) => set({ ...grant, role: event.target.value })}>
          ${!user.role && html`<option value="">${t("form.choose")}</option>`}
          ${roles.map((role) => html`<option key=${role.name} value=${role.name} selected=${role.name === grant.role}>${tables.roleName(role.name)}</option>`)}
        </select>
        <fieldset class="usa-fieldset">
          <legend class="usa-legend">${t("user.rights")}</legend>
          <div class="portal-checks">${tables.rights.map((right) => html`<${Check} key=${right.name} id="right-${right.name}" name="rights" checked=${grant.rights.includes(right.name)} onChange=${() => flip(right.name)} label=${tables.rightName(right.name)} />`)}</div>
        </fieldset>
        <div class="portal-dates">
          <${DateOf} id="from" label=${t("user.from")} value=${grant.from} onInput=${(from) => set({ ...grant, from })} />
          <${DateOf} id="until" label=${t("user.until")} value=${grant.until} onInput=${(until) => set({ ...grant, until })} />
        </div>
        <p class="portal-actions"><${Button} type="submit" busy=${preview.busy}>${t("userChange.preview")}<//><${Button} kind="outline" onClick=${() => preview.run("revoke")}>${t("userChange.revoke")}<//></p>
      </form>
      <${Pin} ...${{ path, user, name, provider }} />
      ${user.name && html`<p><a class="usa-link" href="/providers/${provider}/user/contact?ncid=${encodeURIComponent(user.ncid)}">${t("userContact.link")}</a></p>`}
    <//>`;
}

const DateOf = ({ id, label, value, onInput }) => html`
  <div><label class="usa-label" for=${id}>${label} <span class="usa-hint">${t("form.optional")}</span></label><input class="usa-input" id=${id} type="date" value=${value} onInput=${(event) => onInput(event.target.value)} /></div>`;

const listed = (names, called) => (names.length ? html`<ul class="usa-list usa-list--unstyled">${names.map((name) => html`<li key=${name}>${called(name)}</li>`)}</ul>` : t("preview.none"));

function Preview({ asked, path, proposal, body, name, back, tables, close }) {
  const revokes = asked.what === "revoke";
  const byTwo = asked.code === "NCT_E_SECOND_PERSON";
  const deed = useDeed(async () => {
    await (revokes ? del(path) : put(byTwo ? proposal : path, body()));
    go(`${back.to}?${revokes ? "revoked" : byTwo ? "proposed" : "changed"}=${encodeURIComponent(name)}`);
  });
  const gained = [...asked.authorities_gained, ...asked.rights_gained];
  const lost = [...asked.authorities_lost, ...asked.rights_lost];
  return html`
    <${Page} title=${t(revokes ? "preview.revoke" : "preview.title", { name })} back=${undefined} narrow>
      <${RefusalAlert} refusal=${deed.refusal} />
      ${!asked.allowed && html`<${Alert} kind=${byTwo ? "info" : "error"} live><p>${asked.message}</p><//>`}
      ${asked.pin_suspended && html`<${Alert} kind="warning"><p>${t("preview.pin", { name })}</p><//>`}
      <${Summary} rows=${[
        [t("preview.role"), `${asked.role_before ? tables.roleName(asked.role_before) : t("preview.noRole")} → ${asked.role_after ? tables.roleName(asked.role_after) : t("preview.noRole")}`],
        [t("preview.gained"), listed(gained, tables.rightName)],
        [t("preview.lost"), listed(lost, tables.rightName)],
      ]} />
      <p class="portal-actions">
        ${(asked.allowed || byTwo) && html`<${Button} kind=${revokes ? "danger" : "primary"} onClick=${deed.run} busy=${deed.busy}>${t(revokes ? "preview.doRevoke" : byTwo ? "preview.doPropose" : "preview.doChange")}<//>`}
        <${Button} kind="outline" onClick=${close}>${t("action.back")}<//>
      </p>
    <//>`;
}

function Pin({ path, user, name }) {
  const reset = useDeed(() => post(`${path}/pin/reset`));
  const lost = useDeed(() => post(`${path}/pin/lost`));
  return html`
    <section class="portal-aside">
      <h2>${t("user.pin")} <${Tag} kind=${user.pin.state === "active" ? "good" : "bad"}>${t(`pin.${lost.answer ? "lost" : reset.answer ? "active" : user.pin.state}`)}<//></h2>
      <p>${t("user.pinText", { name })}</p>
      ${reset.answer && html`<${Alert} kind="success" live><p>${t("user.pinSent", { name })}</p><//>`}
      ${lost.answer && html`<${Alert} kind="success" live><p>${t("user.pinEnded", { name })}</p><//>`}
      <${RefusalAlert} refusal=${reset.refusal ?? lost.refusal} />
      <p class="portal-actions"><${Button} kind="outline" onClick=${reset.run} busy=${reset.busy}>${t("user.pinReset")}<//><${Button} kind="outline" onClick=${lost.run} busy=${lost.busy}>${t("user.pinLost")}<//></p>
    </section>`;
}
