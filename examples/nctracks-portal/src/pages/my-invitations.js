// Access that is offered to oneself: accepted with the password, or declined.
import { all, at, del } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button, LinkButton } from "../components/button.js";
import { Loaded } from "../components/loaded.js";
import { Offer } from "../components/offer.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { moment, t } from "../words/index.js";

export default function MyInvitations() {
  const tables = useTables();
  const load = useLoad(() => all("/api/me/invitations"), []);
  const [declined, decline] = useState(undefined);
  const done = async (name) => {
    decline(name);
    await load.reload();
  };
  return html`
    <${Loaded} load=${load}>
      ${({ items }) =>
        tables &&
        html`
          <${Page} title=${t("invitations.mine")} back=${{ to: "/", text: t("nav.home") }} narrow>
            ${declined && html`<${Alert} kind="success" live><p>${t("invitations.declined", { name: declined })}</p><//>`}
            ${items.length === 0 && html`<p class="portal-quiet">${t("invitations.none")}</p>`}
            ${items.map((one) => html`<${Invitation} key=${one.invitation} ...${{ one, tables, done }} />`)}
          <//>`}
    <//>`;
}

function Invitation({ one, tables, done }) {
  const name = one.name || one.provider;
  const deed = useDeed(async () => {
    await del(at`/api/me/invitations/${one.provider}`);
    await done(name);
  });
  return html`
    <section class="portal-card">
      <h2>${name} <span class="portal-quiet">${one.provider}</span></h2>
      <${Offer} ...${{ one, tables }} rows=${[[t("invitations.by"), one.invited_by], [t("eft.lapsesAt"), moment(one.lapses_at)]]} />
      <${RefusalAlert} refusal=${deed.refusal} />
      <p class="portal-actions"><${LinkButton} to="/invitation?provider=${one.provider}">${t("invitations.accept")}<//><${Button} kind="outline" onClick=${deed.run} busy=${deed.busy} label=${`${t("invitations.decline")} ${name}`}>${t("invitations.decline")}<//></p>
    </section>`;
}
