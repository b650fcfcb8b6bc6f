// A person's contact data, changed by the agency at once: for somebody who lost their mailbox, or has another name.
import { at, get, put } from "../api.js";
import { useForm } from "../catalogue.js";
import { FormPage } from "../components/form-page.js";
import { Loaded } from "../components/loaded.js";
import { reasonRow, withReason } from "../components/reason.js";
import { useLoad } from "../load.js";
import { html, useEffect } from "../view.js";
import { go } from "../router.js";
import { t } from "../words/index.js";
import { OnFile } from "./user-contact.js";

export default function AgencyPerson({ query }) {
  const { ncid } = query;
  const table = useForm("contact");
  const path = at`/api/agency/people/${ncid}`;
  const back = `/agency/call-center?ncid=${encodeURIComponent(ncid)}`;
  const load = useLoad(() => get(path), [ncid]);
  return html`<${Loaded} load=${load}>${(person) =>
    table &&
    html`<${FormPage} kind="contact" table=${table} title=${t("userContact.title", { name: person.name })} caption=${ncid} back=${{ to: back, text: t("agency.calls") }} beside=${[reasonRow()]}
      intro=${html`<${OnFile} person=${person}><p>${t("agencyPerson.text")}</p><//>`} submit=${t("profile.save")} send=${(fields) => put(`${path}/contact`, withReason(fields))} done=${() => html`<${Back} to="${back}&changed=1" />`} />`}<//>`;
}

function Back({ to }) {
  useEffect(() => go(to, { replace: true }), []);
  return null;
}
