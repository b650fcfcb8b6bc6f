// A PIN that is lost or forgotten: the three ways to a new one.
import { post } from "../api.js";
import { useSite } from "../catalogue.js";
import { Alert, Contact, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Field } from "../components/field.js";
import { Page } from "../components/page.js";
import { useDeed } from "../load.js";
import { isSignedIn, session } from "../session.js";
import { useStore } from "../store.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

export default function PinForgot() {
  const site = useSite();
  return html`
    <${Page} title=${t("pinForgot.title")} narrow>
      <p>${t("pinForgot.text")}</p>
      <h2>${t("pinForgot.self")}</h2>
      <p>${t("pinForgot.selfText")}</p>
      <${ResetOwn} />
      <h2>${t("pinForgot.admin")}</h2>
      <p>${t("pinForgot.adminText")}</p>
      <h2>${t("pinForgot.call")}</h2>
      <p>${t("pinForgot.callText")}</p>
      ${site?.call_center && html`<p><${Contact} ...${site.call_center} /></p>`}
    <//>`;
}

/** NCID and password; somebody signed in gives the password alone. */
export function ResetOwn() {
  const who = useStore(session);
  const known = isSignedIn(who) ? who.ncid : undefined;
  const [values, set] = useState({});
  const [missing, miss] = useState([]);
  const deed = useDeed(() => post("/api/pin/reset", { ncid: known ?? values.ncid, password: values.password }));
  const rows = [
    !known && { path: "ncid", type: "ncid", required: true, label: t("signIn.ncid"), autocomplete: "username" },
    { path: "password", type: "secret", required: true, label: t("signIn.password"), autocomplete: "current-password" },
  ].filter(Boolean);
  const submit = async (event) => {
    event.preventDefault();
    const found = rows.filter(({ path }) => !values[path]).map(({ path }) => ({ path, message: t(`signIn.${path}Missing`) }));
    miss(found);
    if (found.length) return document.getElementById(`field-${found[0].path}`)?.focus();
    await deed.run();
    return set({ ...values, password: "" });
  };
  if (deed.answer) return html`<${Alert} kind="success" live><p>${t("pinForgot.sent")}</p><//>`;
  return html`
    <form class="portal-card portal-form" onSubmit=${submit} novalidate>
      <${RefusalAlert} refusal=${deed.refusal} />
      ${rows.map((row) => html`<${Field} key=${row.path} row=${row} value=${values[row.path] ?? ""} onInput=${(value) => set((before) => ({ ...before, [row.path]: value }))} problem=${missing.find(({ path }) => path === row.path)?.message} />`)}
      <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("pinForgot.submit")}<//></p>
    </form>`;
}
