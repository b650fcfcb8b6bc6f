// Messages, newest first; each opens where it stands, and is then read.
import { at, put } from "../api.js";
import { useDeed } from "../load.js";
import { countUnread } from "../unread.js";
import { html, useState } from "../view.js";
import { moment, t } from "../words/index.js";
import { RefusalAlert } from "./alert.js";
import { Button } from "./button.js";
import { Tag } from "./list.js";

export const MessageList = ({ messages }) =>
  messages.length === 0
    ? html`<p class="portal-quiet">${t("messages.none")}</p>`
    : html`<ul class="portal-messages">${messages.map((message) => html`<${Message} key=${message.id} message=${message} />`)}</ul>`;

function Message({ message }) {
  const [isRead, set] = useState(message.read_at > 0);
  const mark = useDeed(async (read) => {
    await put(at`/api/me/messages/${message.id}`, { read });
    set(read);
    await countUnread();
  });
  const toggle = (event) => event.target.open && !isRead && mark.run(true);
  return html`
    <li>
      <details class="portal-message ${isRead ? "" : "portal-message--unread"}" onToggle=${toggle}>
        <summary>
          <span class="portal-message__subject" lang=${message.language}>${message.subject}</span>
          <span class="portal-message__facts">${!isRead && html`<${Tag} kind="role">${t("messages.unread")}<//>`}<span class="portal-quiet">${[message.provider, moment(message.sent_at)].filter(Boolean).join(" · ")}</span></span>
        </summary>
        <pre class="portal-document" lang=${message.language}>${message.body}</pre>
        <${RefusalAlert} refusal=${mark.refusal} />
        <p class="portal-actions">
          ${message.signature && html`<${Receipt} ...${message} />`}
          ${isRead && html`<${Button} kind="plain" onClick=${() => mark.run(false)} busy=${mark.busy}>${t("messages.markUnread")}<//>`}
        </p>
      </details>
    </li>`;
}

/** From the acknowledgment of a signature to what it acknowledges. */
function Receipt({ provider, signature }) {
  const to = at`/providers/${provider}/signatures/${signature}`;
  return html`<a class="usa-link" href=${to}>${t("messages.receipt")}</a><a class="usa-link" href="${to}?repudiate=1">${t("repudiate.title")}</a>`;
}
