// Access that takes a second person: who proposed what for whom; somebody else confirms it, anybody may reject it.
import { all, at, del, post } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Offer } from "../components/offer.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { moment, t } from "../words/index.js";

export default function Proposals({ provider }) {
  const tables = useTables();
  const load = useLoad(() => all(at`/api/providers/${provider}/proposals`), [provider]);
  const [told, tell] = useState(undefined);
  const settled = async (what, ncid) => {
    tell({ what, ncid });
    await load.reload();
  };
  return html`
    <${Loaded} load=${load}>
      ${({ items }) =>
        tables &&
        html`
          <${Page} title=${t("proposals.title")} caption=${t("provider.id", { id: provider })} back=${{ to: `/providers/${provider}/users`, text: t("users.title") }} narrow>
            <p>${t("proposals.text")}</p>
            ${told && html`<${Alert} kind="success" live><p>${t(`proposals.${told.what}`, { ncid: told.ncid })}</p><//>`}
            ${items.length === 0 && html`<p class="portal-quiet">${t("proposals.none")}</p>`}
            ${items.map((one) => html`<${Proposal} key=${one.ncid} ...${{ one, provider, tables, settled }} />`)}
          <//>`}
    <//>`;
}

function Proposal({ one, provider, tables, settled }) {
  const path = at`/api/providers/${provider}/proposals/${one.ncid}`;
  const deed = useDeed(async (what) => {
    await (what === "confirmed" ? post(`${path}/confirm`) : del(path));
    await settled(what, one.ncid);
  });
  return html`
    <section class="portal-card">
      <h2>${one.ncid}</h2>
      <${Offer} ...${{ one, tables }} rows=${[[t("proposals.by"), one.proposed_by], [t("eft.askedAt"), moment(one.proposed_at)]]} />
      <${RefusalAlert} refusal=${deed.refusal} />
      <p class="portal-actions"><${Button} onClick=${() => deed.run("confirmed")} busy=${deed.busy} label=${`${t("proposals.confirm")} ${one.ncid}`}>${t("proposals.confirm")}<//><${Button} kind="outline" onClick=${() => deed.run("rejected")} label=${`${t("proposals.reject")} ${one.ncid}`}>${t("proposals.reject")}<//></p>
    </section>`;
}
