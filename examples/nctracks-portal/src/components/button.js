// Buttons. None is ever disabled: one that is pressed too early says what is missing.
import { html } from "../view.js";
import { t } from "../words/index.js";

const look = { primary: "", outline: "usa-button--outline", danger: "usa-button--secondary", plain: "usa-button--unstyled" };

export function Button({ kind = "primary", type = "button", busy, onClick, label, children, ...rest }) {
  return html`
    <button class="usa-button ${look[kind]}" type=${type} onClick=${onClick} aria-label=${label} aria-busy=${busy ? "true" : undefined} ...${rest}>
      ${busy ? html`<span class="portal-spinner" aria-hidden="true"></span>${t("action.working")}` : children}
    </button>
    ${type === "submit" && html`<span class="usa-sr-only" role="status">${busy ? t("action.working") : ""}</span>`}`;
}

/** What leads somewhere is a link, also where it looks like a button. */
export const LinkButton = ({ to, kind = "primary", children }) => html`<a class="usa-button ${look[kind]}" href=${to}>${children}</a>`;
