// A demonstration's mails, as people would find them in their own mailboxes.
import { get } from "../api.js";
import { Alert } from "../components/alert.js";
import { Button } from "../components/button.js";
import { Loaded } from "../components/loaded.js";
import { Page } from "../components/page.js";
import { useLoad } from "../load.js";
import { html } from "../view.js";
import { moment, t } from "../words/index.js";

export default function Mail() {
  const load = useLoad(() => get("/demo/mail"), []);
  return html`
    <${Loaded} load=${load}>
      ${(mails) => html`
        <${Page} title=${t("mail.title")}>
          <${Alert} kind="info"><p>${t("mail.text")}</p><//>
          <p><${Button} kind="outline" onClick=${load.reload}>${t("mail.again")}<//></p>
          ${mails.length === 0 && html`<p class="portal-quiet">${t("mail.none")}</p>`}
          <ul class="portal-mails">
            ${mails.map(
              (mail) => html`
                <li class="portal-card" key=${mail.id}>
                  <details class="portal-details"><summary><strong>${mail.subject}</strong> <span class="portal-quiet">${t("mail.to", { to: mail.to })} · ${moment(mail.at)}</span></summary><pre class="portal-document">${mail.body}</pre></details>
                </li>`,
            )}
          </ul>
        <//>`}
    <//>`;
}
