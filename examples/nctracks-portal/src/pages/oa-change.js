// Another Office Administrator: asked for by the incoming one, with the code from the provider's letter.
import { post } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default function OaChange() {
  const table = useForm("oa_change");
  if (!table) return html`<${Loading} />`;
  return html`<${FormPage} kind="oa_change" table=${table} title=${t("oaChange.title")} intro=${html`<p>${t("oaChange.intro")}</p>`} review
    submit=${t("oaChange.submit")} send=${(fields) => post("/api/oa-changes", { fields })} done=${(answer) => html`<${Done} state=${answer.state} />`} />`;
}

const Done = ({ state }) => html`
  <${Page} title=${t(state === "effective" ? "oaChange.effective" : "oaChange.pending")} narrow>
    <${Alert} kind="success" live><p>${t(state === "effective" ? "oaChange.effectiveText" : "oaChange.pendingText")}</p><//>
    <h2>${t("next.title")}</h2>
    <p>${t("oaChange.next")}</p>
    <p class="portal-actions"><${LinkButton} to="/sign-in">${t("nav.signIn")}<//></p>
  <//>`;
