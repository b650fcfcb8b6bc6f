// A password that is forgotten: a code to the address on file, then a new password.
import { post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Field } from "../components/field.js";
import { Page } from "../components/page.js";
import { useDeed } from "../load.js";
import { go } from "../router.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

export default function PasswordForgot() {
  const [ncid, setNcid] = useState("");
  const [asked, ask] = useState(false);
  return asked ? html`<${Reset} ncid=${ncid} />` : html`<${Ask} ncid=${ncid} setNcid=${setNcid} done=${() => ask(true)} />`;
}

function Ask({ ncid, setNcid, done }) {
  const [attempt, count] = useState(0);
  const missing = attempt > 0 && !ncid ? [{ path: "ncid", message: t("signIn.ncidMissing") }] : [];
  const deed = useDeed(async () => {
    await post("/api/password/forgot", { ncid });
    done();
  });
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (ncid) deed.run();
  };
  return html`
    <${Page} title=${t("forgot.title")} problems=${missing} attempt=${attempt} narrow>
      <p>${t("forgot.text")}</p>
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-card portal-form" onSubmit=${submit} novalidate>
        <${Field} row=${{ path: "ncid", type: "ncid", required: true, label: t("signIn.ncid"), autocomplete: "username" }} value=${ncid} onInput=${setNcid} problem=${missing[0]?.message} />
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("forgot.submit")}<//></p>
      </form>
    <//>`;
}

const rows = () => [
  { path: "code", type: "text", required: true, label: t("signIn.code"), autocomplete: "one-time-code" },
  { path: "new_password", type: "secret", required: true, label: t("password.new"), description: t("password.newHint"), autocomplete: "new-password" },
];

function Reset({ ncid }) {
  const [values, set] = useState({});
  const [attempt, count] = useState(0);
  const deed = useDeed(async () => {
    await post("/api/password/reset", { ncid, ...values });
    go("/sign-in?password=1");
  });
  const missing = attempt > 0 ? rows().filter(({ path }) => !values[path]).map(({ path }) => ({ path, message: t(path === "code" ? "signIn.codeMissing" : "password.newMissing") })) : [];
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (values.code && values.new_password) deed.run();
  };
  return html`
    <${Page} title=${t("forgot.reset")} problems=${missing} attempt=${attempt} narrow>
      <${Alert} kind="info" live><p>${t("forgot.sent")}</p><//>
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-card portal-form" onSubmit=${submit} novalidate>
        ${rows().map((row) => html`<${Field} key=${row.path} row=${row} value=${values[row.path] ?? ""} onInput=${(value) => set((before) => ({ ...before, [row.path]: value }))} problem=${missing.find(({ path }) => path === row.path)?.message} />`)}
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("password.submit")}<//></p>
      </form>
    <//>`;
}
