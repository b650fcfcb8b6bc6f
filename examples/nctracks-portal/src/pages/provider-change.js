// A provider's own data: changed by its administrators, or by the agency with a reason.
import { at, put } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { reasonRow, withReason } from "../components/reason.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default ({ provider }) => html`<${Change} provider=${provider} back="/providers/${provider}" send=${(fields) => put(at`/api/providers/${provider}`, { fields })} />`;

export const ByAgency = ({ provider }) => html`<${Change} provider=${provider} back="/agency/providers/${provider}" beside=${[reasonRow()]} send=${(fields) => put(at`/api/agency/providers/${provider}`, withReason(fields))} />`;

function Change({ provider, back, beside, send }) {
  const table = useForm("provider");
  if (!table) return html`<${Loading} />`;
  return html`<${FormPage} kind="provider" table=${table} title=${t("providerChange.title")} caption=${t("provider.id", { id: provider })} back=${{ to: back }} beside=${beside}
    intro=${html`<p>${t("providerChange.intro")}</p>`} submit=${t("profile.save")} send=${send} done=${() => html`<${Done} back=${back} />`} />`;
}

const Done = ({ back }) => html`
  <${Page} title=${t("providerChange.done")} narrow>
    <${Alert} kind="success" live><p>${t("providerChange.doneText")}</p><//>
    <p class="portal-actions"><${LinkButton} to=${back}>${t("action.back")}<//></p>
  <//>`;
