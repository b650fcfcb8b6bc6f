// Another account for a provider to be paid to: asked for with a password, in force after the agency's call.
import { at, post } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { session } from "../session.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default function EftChange({ provider }) {
  const table = useForm("eft_change");
  if (!table) return html`<${Loading} />`;
  const fixed = { "provider.npi": provider, "requester.ncid": session.get().ncid };
  const path = at`/api/providers/${provider}/eft-change`;
  return html`<${FormPage} kind="eft_change" table=${table} title=${t("eftChange.title")} caption=${t("provider.id", { id: provider })} back=${{ to: `/providers/${provider}` }} fixed=${fixed} review
    intro=${html`<p>${t("eftChange.intro")}</p>`} submit=${t("eftChange.submit")} send=${(fields) => post(path, { fields })} done=${(answer) => html`<${Done} state=${answer.state} provider=${provider} />`} />`;
}

const Done = ({ state, provider }) => html`
  <${Page} title=${t(state === "effective" ? "eftChange.effective" : "eftChange.pending")} narrow>
    <${Alert} kind="success" live><p>${t(state === "effective" ? "eftChange.effectiveText" : "eftChange.pendingText")}</p><//>
    <p class="portal-actions"><${LinkButton} to="/providers/${provider}">${t("action.back")}<//></p>
  <//>`;
