// The call centre: a new PIN to the address on file, for a stated reason.
import { post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Field } from "../components/field.js";
import { Page } from "../components/page.js";
import { useDeed } from "../load.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

const rows = () => [
  { path: "ncid", type: "ncid", required: true, label: t("calls.ncid") },
  { path: "reason", type: "text", required: true, label: t("calls.reason"), description: t("calls.reasonHint") },
];

export default function Calls() {
  const [values, set] = useState({ ncid: "", reason: "" });
  const [attempt, count] = useState(0);
  const missing = attempt > 0 ? rows().filter(({ path }) => !values[path]).map(({ path }) => ({ path, message: t(`calls.${path}Missing`) })) : [];
  const deed = useDeed(async () => {
    await post("/api/agency/pin/reset", values);
    set({ ncid: "", reason: "" });
    count(0);
    return values.ncid;
  });
  const submit = (event) => {
    event.preventDefault();
    count(attempt + 1);
    if (values.ncid && values.reason) deed.run();
  };
  return html`
    <${Page} title=${t("agency.calls")} back=${{ to: "/agency", text: t("agency.title") }} problems=${missing} attempt=${attempt} narrow>
      <p>${t("calls.text")}</p>
      ${deed.answer && html`<${Alert} kind="success" live><p>${t("calls.done", { ncid: deed.answer })}</p><//>`}
      <${RefusalAlert} refusal=${deed.refusal} />
      <form class="portal-card portal-form" onSubmit=${submit} novalidate>
        ${rows().map((row) => html`<${Field} key=${row.path} row=${row} value=${values[row.path]} onInput=${(value) => set((before) => ({ ...before, [row.path]: value }))} problem=${missing.find(({ path }) => path === row.path)?.message} />`)}
        <p class="portal-actions"><${Button} type="submit" busy=${deed.busy}>${t("pinForgot.submit")}<//></p>
      </form>
    <//>`;
}
