// Adds a user: the form of the table; their PIN goes to their own address.
import { at, post, problemsOf } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert } from "../components/alert.js";
import { LinkButton } from "../components/button.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { html } from "../view.js";
import { t } from "../words/index.js";

export default function UserAdd({ provider }) {
  const table = useForm("user");
  const base = `/providers/${provider}/users`;
  if (!table) return html`<${Loading} />`;
  return html`<${FormPage} kind="user" table=${table} title=${t("userAdd.title")} caption=${t("provider.id", { id: provider })} back=${{ to: base, text: t("users.title") }} review
    intro=${html`<p>${t("userAdd.intro")}</p>`} submit=${t("userAdd.submit")} send=${(fields) => post(at`/api/providers/${provider}/users`, { fields })}
    done=${(answer, values) => html`<${Done} ...${{ answer, values, base }} />`} />`;
}

function Done({ answer, values, base }) {
  const notes = problemsOf(answer.notes);
  const name = `${values.first_name ?? ""} ${values.last_name ?? ""}`.trim() || values.ncid;
  return html`
    <${Page} title=${t("userAdd.done", { name })} narrow>
      <${Alert} kind="success" live><p>${t("userAdd.doneText", { name })}</p><//>
      ${notes.length > 0 && html`<${Alert} kind="info" title=${t("form.notes")}><ul class="usa-list">${notes.map(({ message }, i) => html`<li key=${i}>${message}</li>`)}</ul><//>`}
      <p class="portal-actions"><${LinkButton} to=${base}>${t("users.title")}<//><${LinkButton} to="${base}/add?again=${values.ncid}" kind="outline">${t("userAdd.another")}<//></p>
    <//>`;
}
