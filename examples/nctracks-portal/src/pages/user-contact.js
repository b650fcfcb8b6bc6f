// A user's contact data, as far as an administrator may see them; other data are asked for, and the user confirms them.
import { at, get, post } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { contactRows } from "../components/contact.js";
import { FormPage } from "../components/form-page.js";
import { Summary } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default function UserContact({ provider, query }) {
  const { ncid } = query;
  const table = useForm("contact");
  const path = at`/api/providers/${provider}/users/${ncid}`;
  const back = `/providers/${provider}/user?ncid=${encodeURIComponent(ncid)}`;
  const load = useLoad(() => get(path), [provider, ncid]);
  return html`<${Loaded} load=${load}>${(person) =>
    table &&
    html`<${FormPage} kind="contact" table=${table} title=${t("userContact.title", { name: person.name })} caption=${ncid} back=${{ to: back }} intro=${html`<${OnFile} person=${person} />`}
      submit=${t("userContact.submit")} send=${(fields) => post(`${path}/contact`, { fields })} done=${() => html`<${Done} person=${person} back=${back} />`} />`}<//>`;
}

export const OnFile = ({ person, children }) => html`
  <h2>${t("userContact.onFile")}</h2>
  <${Summary} rows=${[[t("profile.name"), person.name], ...contactRows(person)]} />
  ${person.masked && html`<p class="portal-quiet">${t("contact.masked")}</p>`}
  ${children ?? html`<p>${t("userContact.text")}</p>`}`;

const Done = ({ person, back }) => html`
  <${Page} title=${t("userContact.done")} narrow>
    <${Alert} kind="success" live><p>${t("userContact.doneText", { name: person.name })}</p><//>
    <p class="portal-actions"><${LinkButton} to=${back}>${t("action.back")}<//></p>
  <//>`;
