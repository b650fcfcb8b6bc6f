// Accepts an invitation: somebody signed in with their password alone, others with the code from the e-mail too; or declines
// one by e-mail, for which the code is enough.
import { post, problemsOf } from "../api.js";
import { useForm } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button, LinkButton } from "../components/button.js";
import { Field } from "../components/field.js";
import { FormPage } from "../components/form-page.js";
import { Loading } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed } from "../load.js";
import { isSignedIn, session } from "../session.js";
import { useStore } from "../store.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

/** Of somebody who is signed in the portal knows all but the password. */
const PASSWORD = "invited.password";

export default function Accept({ query }) {
  const table = useForm("acceptance");
  const who = useStore(session);
  const known = query.provider && isSignedIn(who);
  const fixed = known ? { "provider.npi": query.provider, "invited.ncid": who.ncid } : {};
  if (!table) return html`<${Loading} />`;
  return html`
    <${FormPage} kind="acceptance" table=${table} title=${t("invitations.acceptTitle")} back=${{ to: known ? "/invitations" : "/", text: t(known ? "invitations.mine" : "nav.home") }} fixed=${fixed} skip=${(path) => known && path !== PASSWORD && !(path in fixed)}
      intro=${html`<p>${t(known ? "invitations.acceptKnown" : "invitations.acceptText")}</p>`} submit=${t("invitations.accept")} send=${(fields) => post("/api/invitations/accept", { fields })} done=${(answer) => html`<${Done} answer=${answer} />`} />
    ${!known && html`<${Decline} table=${table} />`}`;
}

function Done({ answer }) {
  const notes = problemsOf(answer.notes);
  return html`
    <${Page} title=${t("invitations.accepted")} narrow>
      <${Alert} kind="success" live><p>${t("invitations.acceptedText")}</p><//>
      ${notes.length > 0 && html`<${Alert} kind="info" title=${t("form.notes")}><ul class="usa-list">${notes.map(({ message }, i) => html`<li key=${i}>${message}</li>`)}</ul><//>`}
      <p class="portal-actions"><${LinkButton} to="/">${t("action.home")}<//></p>
    <//>`;
}

function Decline({ table }) {
  const [values, set] = useState({});
  const deed = useDeed(async () => {
    await post("/api/invitations/decline", { provider: values.provider ?? "", code: values.code ?? "" });
    return true;
  });
  const row = (path, name) => ({ ...table.fields.find((one) => one.path === path), path: `decline.${name}`, required: true });
  const submit = (event) => {
    event.preventDefault();
    deed.run();
  };
  return html`
    <section class="grid-container portal-narrow portal-aside">
      <h2>${t("invitations.declineTitle")}</h2>
      ${deed.answer ? html`<${Alert} kind="success" live><p>${t("invitations.declinedByCode")}</p><//>` : html`
        <form class="portal-form" onSubmit=${submit} novalidate>
          <p>${t("invitations.declineText")}</p>
          <${RefusalAlert} refusal=${deed.refusal} />
          ${[["provider.npi", "provider"], ["invitation.code", "code"]].map(([path, name]) => html`<${Field} key=${name} row=${row(path, name)} value=${values[name] ?? ""} onInput=${(value) => set((before) => ({ ...before, [name]: value }))} />`)}
          <p class="portal-actions"><${Button} type="submit" kind="outline" busy=${deed.busy}>${t("invitations.decline")}<//></p>
        </form>`}
    </section>`;
}
