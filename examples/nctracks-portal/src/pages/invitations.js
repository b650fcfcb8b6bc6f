// Access that was offered at a provider and is not accepted yet: sent again, or taken back.
import { all, at, del, post } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button, LinkButton } from "../components/button.js";
import { Loaded } from "../components/loaded.js";
import { Offer } from "../components/offer.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { moment, t } from "../words/index.js";

export default function Invitations({ provider, query }) {
  const tables = useTables();
  const load = useLoad(() => all(at`/api/providers/${provider}/invitations`), [provider]);
  const [told, tell] = useState(query.sent ? { what: "sent", who: query.sent } : undefined);
  const done = async (what, who) => {
    tell({ what, who });
    await load.reload();
  };
  return html`
    <${Loaded} load=${load}>
      ${({ items }) =>
        tables &&
        html`
          <${Page} title=${t("invitations.title")} caption=${t("provider.id", { id: provider })} back=${{ to: `/providers/${provider}/users`, text: t("users.title") }} narrow>
            <p>${t("invitations.text")}</p>
            ${told && html`<${Alert} kind="success" live><p>${t(`invitations.${told.what}`, { who: told.who })}</p><//>`}
            <p class="portal-actions"><${LinkButton} to="/providers/${provider}/invite">${t("invitations.new")}<//></p>
            ${items.length === 0 && html`<p class="portal-quiet">${t("invitations.none")}</p>`}
            ${items.map((one) => html`<${Invitation} key=${one.invitation} ...${{ one, provider, tables, done }} />`)}
          <//>`}
    <//>`;
}

function Invitation({ one, provider, tables, done }) {
  const path = at`/api/providers/${provider}/invitations/${one.invitation}`;
  const who = one.ncid || one.email;
  const deed = useDeed(async (what) => {
    await (what === "sent" ? post(`${path}/send`) : del(path));
    await done(what, who);
  });
  return html`
    <section class="portal-card">
      <h2>${who}</h2>
      <${Offer} ...${{ one, tables }} rows=${[[t("invitations.by"), one.invited_by], [t("invitations.sentAt"), moment(one.sent_at)], [t("eft.lapsesAt"), moment(one.lapses_at)]]} />
      <${RefusalAlert} refusal=${deed.refusal} />
      <p class="portal-actions"><${Button} kind="outline" onClick=${() => deed.run("sent")} busy=${deed.busy} label=${`${t("invitations.again")} ${who}`}>${t("invitations.again")}<//><${Button} kind="outline" onClick=${() => deed.run("takenBack")} label=${`${t("invitations.takeBack")} ${who}`}>${t("invitations.takeBack")}<//></p>
    </section>`;
}
