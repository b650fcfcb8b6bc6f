// Mails that wait to be delivered, without what they say.
import { all, post } from "../api.js";
import { Alert, RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Damaged, Table, Tag } from "../components/list.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html } from "../view.js";
import { moment, number, t } from "../words/index.js";

export default function Outbox() {
  const load = useLoad(() => all("/api/agency/mail"), []);
  const flush = useDeed(async () => {
    const answer = await post("/api/agency/mail/flush");
    await load.reload();
    return answer;
  });
  const columns = [
    { head: t("outbox.since"), cell: (mail) => moment(mail.queued_at) },
    { head: t("outbox.template"), cell: (mail) => mail.template },
    { head: t("signIn.ncid"), cell: (mail) => mail.ncid || "–" },
    { head: t("outbox.to"), cell: (mail) => mail.recipient },
    { head: t("outbox.tries"), cell: (mail) => number(mail.tries) },
    { head: t("outbox.refusal"), cell: (mail) => (mail.tries > 0 ? html`<${Tag} kind="bad">${t("outbox.refused")}<//> ${mail.refusal}` : "–") },
  ];
  return html`
    <${Loaded} load=${load}>
      ${({ items, partial }) => html`
        <${Page} title=${t("agency.outbox")} back=${{ to: "/agency", text: t("agency.title") }}>
          ${flush.answer && html`<${Alert} kind=${flush.answer.waiting ? "warning" : "success"} live><p>${t("outbox.flushed", flush.answer)}</p><//>`}
          <${RefusalAlert} refusal=${flush.refusal} />
          ${partial && html`<${Damaged} />`}
          <p><${Button} onClick=${flush.run} busy=${flush.busy}>${t("outbox.flush")}<//></p>
          ${items.length === 0 ? html`<p class="portal-quiet">${t("outbox.none")}</p>` : html`<${Table} caption=${t("agency.outbox")} hideCaption columns=${columns} rows=${items} keyOf=${(mail) => mail.id} />`}
        <//>`}
    <//>`;
}
