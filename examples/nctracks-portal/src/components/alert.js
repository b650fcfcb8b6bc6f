// What happened, in a box of its own.
import { html } from "../view.js";
import { t } from "../words/index.js";

export function Alert({ kind = "info", title, live, children }) {
  return html`
    <div class="usa-alert usa-alert--${kind} ${title ? "" : "usa-alert--slim"}" role=${live ? (kind === "error" ? "alert" : "status") : undefined}>
      <div class="usa-alert__body">
        ${title && html`<h2 class="usa-alert__heading">${title}</h2>`}
        <div class="usa-alert__text">${children}</div>
      </div>
    </div>`;
}

/** Why something was refused, who can help, and the number to quote. */
export function RefusalAlert({ refusal }) {
  return refusal ? html`<${Alert} kind="error" live><${RefusalText} refusal=${refusal} /><//>` : null;
}

export function RefusalText({ refusal }) {
  const { access, contact, request_id: id } = refusal.problem;
  const text = refusal.status === 0 ? t("error.unreachable") : refusal.message || t("error.unknown");
  return html`
    <p>${access?.text || text}</p>
    ${access?.help && !access.text?.includes(access.help) && html`<p>${access.help}</p>`}
    ${!access && contact && html`<p><${Contact} ...${contact} /></p>`}
    ${refusal.status >= 500 && id && html`<p class="portal-quiet">${t("error.request", { id })}</p>`}`;
}

/** The call centre's telephone and address, to be used at once. */
export const Contact = ({ phone, email }) =>
  html`<span class="portal-contact">${t("contact.callCenter")} <a class="usa-link" href="tel:${phone}">${phone}</a> · <a class="usa-link" href="mailto:${email}">${email}</a></span>`;
