// Offers access to somebody by NCID, or to anybody by e-mail; it begins when they accept it.
import { at, post } from "../api.js";
import { useForm } from "../catalogue.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { go } from "../router.js";
import { html, useEffect } from "../view.js";
import { t } from "../words/index.js";

export default function Invite({ provider }) {
  const table = useForm("invitation");
  const back = `/providers/${provider}/invitations`;
  if (!table) return html`<${Loading} />`;
  return html`<${FormPage} kind="invitation" table=${table} title=${t("invitations.new")} caption=${t("provider.id", { id: provider })} back=${{ to: back, text: t("invitations.title") }} review
    intro=${html`<p>${t("invitations.newText")}</p>`} submit=${t("invitations.submit")} send=${(fields) => post(at`/api/providers/${provider}/invitations`, { fields })}
    done=${(answer, values) => html`<${Back} to="${back}?sent=${encodeURIComponent(values.ncid || values.email)}" />`} />`;
}

function Back({ to }) {
  useEffect(() => go(to, { replace: true }), []);
  return null;
}
