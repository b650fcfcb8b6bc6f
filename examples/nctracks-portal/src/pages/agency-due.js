// Due work: notices, suspensions, terminations, what lapses.
import { all, post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Damaged, Table, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html } from "../view.js";
import { moment, t } from "../words/index.js";

export default function Due() {
  const load = useLoad(() => all("/api/agency/due"), []);
  const run = useDeed(async () => {
    const answer = await post("/api/agency/due/run");
    await load.reload();
    return answer;
  });
  const columns = [
    { head: t("due.at"), cell: (item) => html`${moment(item.at)} ${item.at <= Date.now() && html`<${Tag} kind="bad">${t("due.now")}<//>`}` },
    { head: t("due.kind"), cell: (item) => t(`due.${item.kind}`) },
    { head: t("provider.name"), cell: (item) => item.provider },
    { head: t("due.reference"), cell: (item) => item.reference || "–" },
  ];
  return html`
    <${Loaded} load=${load}>
      ${({ items, complete, partial }) => html`
        <${Page} title=${t("agency.due")} back=${{ to: "/agency", text: t("agency.title") }}>
          <p>${t("due.text")}</p>
          ${run.answer && html`<${Alert} kind="success" live><p>${t("due.settled", { count: run.answer.settled })}</p><//>`}
          <${RefusalAlert} refusal=${run.refusal} />
          <p><${Button} onClick=${run.run} busy=${run.busy}>${t("due.run")}<//></p>
          ${partial && html`<${Damaged} />`}
          ${!complete && html`<p class="portal-quiet">${t("list.cut")}</p>`}
          ${items.length === 0 ? html`<p class="portal-quiet">${t("due.none")}</p>` : html`<${Table} caption=${t("agency.due")} hideCaption columns=${columns} rows=${items} keyOf=${(item) => item.id} />`}
        <//>`}
    <//>`;
}
