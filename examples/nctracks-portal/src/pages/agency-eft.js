// Changes of an account that wait: the agency calls the number on file and goes through a checklist before it confirms.
import { all, at, post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Check, Field } from "../components/field.js";
import { Summary } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { moment, t } from "../words/index.js";

export default function EftChanges() {
  const [done, finish] = useState(undefined);
  const load = useLoad(() => all("/api/agency/eft-changes"), []);
  const settled = (what, provider) => {
    finish({ what, provider });
    load.reload();
  };
  return html`
    <${Loaded} load=${load}>
      ${({ items }) => html`
        <${Page} title=${t("agency.eft")} back=${{ to: "/agency", text: t("agency.title") }} narrow>
          <p>${t("eft.text")}</p>
          ${done && html`<${Alert} kind="success" live><p>${t(`eft.${done.what}`, { provider: done.provider })}</p><//>`}
          ${items.length === 0 && html`<p class="portal-quiet">${t("eft.none")}</p>`}
          ${items.map((change) => html`<${Change} key=${`${change.provider} ${change.requested_at}`} change=${change} settled=${settled} />`)}
        <//>`}
    <//>`;
}

const checks = ["number", "person", "digits"];

function Change({ change, settled }) {
  const [checked, check] = useState({});
  const [who, setWho] = useState("");
  const [missing, miss] = useState([]);
  const path = at`/api/agency/eft-changes/${change.provider}`;
  const confirm = useDeed(async () => {
    await post(`${path}/confirm`, { spoke_with: who });
    settled("confirmed", change.provider);
  });
  const refuse = useDeed(async () => {
    await post(`${path}/refuse`, { reason: who });
    settled("refused", change.provider);
  });
  const whoRow = { path: `who.${change.provider}`, type: "text", required: true, label: t("eft.who"), description: t("eft.whoHint") };
  const ready = (wanted) => {
    const found = [...(wanted ? checks.filter((name) => !checked[name]).map((name) => t(`eft.${name}Missing`)) : []), ...(who ? [] : [t("eft.whoMissing")])];
    miss(found);
    return found.length === 0;
  };
  const submit = (event) => {
    event.preventDefault();
    if (ready(true)) confirm.run();
  };
  return html`
    <section class="portal-card">
      <h2>${change.name} <span class="portal-quiet">${change.provider}</span></h2>
      ${change.warnings > 0 && html`<${Alert} kind="warning"><p>${t("eft.warning")}</p><//>`}
      <${Summary} rows=${[
        [t("eft.phone"), html`<a class="usa-link" href="tel:${change.phone}">${change.phone}</a>`],
        [t("eft.account"), change.account_masked],
        [t("eft.holder"), change.account_holder],
        [t("eft.askedBy"), change.requested_by],
        [t("eft.askedAt"), moment(change.requested_at)],
        [t("eft.lapsesAt"), moment(change.lapses_at)],
      ]} />
      <form class="portal-form" onSubmit=${submit} novalidate>
        <fieldset class="usa-fieldset">
          <legend class="usa-legend">${t("eft.checklist")}</legend>
          ${checks.map((name) => html`<${Check} key=${name} id="${change.provider}-${name}" name=${name} checked=${Boolean(checked[name])} onChange=${() => check({ ...checked, [name]: !checked[name] })} label=${t(`eft.${name}`)} />`)}
        </fieldset>
        <${Field} row=${whoRow} value=${who} onInput=${setWho} />
        ${missing.length > 0 && html`<${Alert} kind="error" live><ul class="usa-list">${missing.map((text) => html`<li key=${text}>${text}</li>`)}</ul><//>`}
        <${RefusalAlert} refusal=${confirm.refusal ?? refuse.refusal} />
        <p class="portal-actions"><${Button} type="submit" busy=${confirm.busy}>${t("eft.confirm")}<//><${Button} kind="outline" onClick=${() => ready(false) && refuse.run()} busy=${refuse.busy}>${t("eft.refuse")}<//></p>
      </form>
    </section>`;
}
