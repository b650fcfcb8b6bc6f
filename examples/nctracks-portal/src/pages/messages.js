// What one was told: every message, a page at a time.
import { page } from "../api.js";
import { RefusalAlert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Loaded } from "../components/loaded.js";
import { MessageList } from "../components/message-list.js";
import { Page } from "../components/page.js";
import { useDeed, useLoad } from "../load.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

const PAGE = 20;
const ask = (after) => page("/api/me/messages", { after, limit: PAGE });

export default function Messages() {
  const load = useLoad(() => ask(), []);
  return html`<${Loaded} load=${load}>${(first) => html`<${Inbox} first=${first} />`}<//>`;
}

function Inbox({ first }) {
  const [shown, show] = useState(first);
  const older = useDeed(async () => {
    const { items, next } = await ask(shown.next);
    show({ items: [...shown.items, ...items], next });
  });
  return html`
    <${Page} title=${t("messages.title")} back=${{ to: "/", text: t("nav.home") }} narrow>
      <p>${t("messages.text")}</p>
      <${MessageList} messages=${shown.items} />
      <p role="status" class="portal-quiet">${shown.items.length > 0 && t("messages.shown", { count: shown.items.length })}</p>
      <${RefusalAlert} refusal=${older.refusal} />
      ${shown.next && html`<p class="portal-actions"><${Button} kind="outline" onClick=${older.run} busy=${older.busy}>${t("messages.older")}<//></p>`}
    <//>`;
}
