// What was drafted and submitted for a provider, and what may still be done about it: withdraw, discard a draft.
import { all, at, post } from "../api.js";
import { useTables } from "../catalogue.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { ApplicationTable } from "../components/application-list.js";
import { Button } from "../components/button.js";
import { Dialog } from "../components/dialog.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

export default function Applications({ provider }) {
  const tables = useTables();
  const path = at`/api/providers/${provider}/applications`;
  const load = useLoad(() => all(path), [provider]);
  const [asked, ask] = useState(undefined);
  const deed = useDeed(async () => {
    await post(`${path}/${asked.one.id}/moves`, { move: asked.move });
    await load.reload();
    ask(undefined);
    return true;
  });
  const tools = (one) => html`
    ${one.to_sign && html`<a class="usa-link" href="/providers/${provider}/sign?application=${one.id}" aria-label=${`${t("sign.title")} ${one.document_id}`}>${t("sign.title")}</a> `}
    ${one.provider_moves.map((move) => html`<${Button} key=${move} kind="plain" onClick=${() => ask({ one, move })} label=${`${tables.moveName(move)} ${one.document_id}`}>${tables.moveName(move)}<//> `)}`;
  return html`
    <${Loaded} load=${load}>
      ${({ items }) =>
        tables &&
        html`
          <${Page} title=${t("applications.title")} caption=${t("provider.id", { id: provider })} back=${{ to: `/providers/${provider}` }}>
            ${deed.answer && html`<${Alert} kind="success" live><p>${t("applications.moved")}</p><//>`}
            <${ApplicationTable} applications=${items} tables=${tables} tools=${tools} />
          <//>`}
    <//>
    ${asked && html`
      <${Dialog} title=${`${tables.moveName(asked.move)}: ${asked.one.document_id}`} onCancel=${() => ask(undefined)}>
        <p>${t("applications.sure")}</p>
        <${RefusalAlert} refusal=${deed.refusal} />
        <p class="portal-actions"><${Button} kind="danger" onClick=${deed.run} busy=${deed.busy}>${tables.moveName(asked.move)}<//><${Button} kind="outline" onClick=${() => ask(undefined)}>${t("action.back")}<//></p>
      <//>`}`;
}
