// Enrolls a provider; the authorization code for its letter is shown once.
import { post } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { Button, LinkButton } from "../components/button.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default function Enroll() {
  const table = useForm("enrollment");
  if (!table) return html`<${Loading} />`;
  return html`<${FormPage} kind="enrollment" table=${table} title=${t("agency.enroll")} back=${{ to: "/agency", text: t("agency.title") }} intro=${html`<p>${t("agency.enrollIntro")}</p>`} review
    submit=${t("agency.enroll")} send=${(fields) => post("/api/agency/providers", { fields })} done=${(answer, values) => html`<${Done} code=${answer.authorization_code} name=${values["provider.name"]} />`} />`;
}

const Done = ({ code, name }) => html`
  <${Page} title=${t("agency.enrolled", { name })} narrow>
    <${Alert} kind="warning" title=${t("agency.codeOnce")}><p><strong class="portal-code">${code}</strong></p><p>${t("agency.codeText")}</p><//>
    <p class="portal-actions"><${Button} onClick=${() => print()}>${t("agency.print")}<//><${LinkButton} to="/agency" kind="outline">${t("agency.title")}<//></p>
  <//>`;
