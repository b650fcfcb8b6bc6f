// What a page shows until its data is there, or instead of it.
import { html, useEffect, useState } from "../view.js";
import { t } from "../words/index.js";
import { Alert, RefusalText } from "./alert.js";
import { Button, LinkButton } from "./button.js";
import { Page } from "./page.js";

export function Loading() {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class="grid-container portal-page" role="status">${shown && html`<span class="portal-spinner" aria-hidden="true"></span> ${t("page.loading")}`}</div>`;
}

/** A refusal of permission is a page: what was refused, why, and who can help. */
export function RefusedPage({ refusal, retry }) {
  const forbidden = refusal.status === 403 || refusal.status === 404;
  return html`
    <${Page} title=${t(forbidden ? "refused.title" : refusal.status === 0 ? "error.offline" : "error.failed")} narrow>
      <${Alert} kind=${forbidden ? "warning" : "error"}><${RefusalText} refusal=${refusal} /><//>
      ${refusal.problem.access?.helper && html`<${Helper} ...${refusal.problem.access.helper} />`}
      <p class="portal-actions">
        ${!forbidden && html`<${Button} onClick=${retry}>${t("action.again")}<//>`}
        <${LinkButton} to="/" kind="outline">${t("action.home")}<//>
      </p>
    <//>`;
}

export const Helper = ({ ncid, name }) => html`
  <div class="usa-summary-box"><div class="usa-summary-box__body">
    <h2 class="usa-summary-box__heading">${t("refused.help")}</h2>
    <div class="usa-summary-box__text">${name || ncid} <span class="portal-quiet">(${ncid})</span></div>
  </div></div>`;

/** Draws `children(data)` when `load` is there. */
export function Loaded({ load, children }) {
  if (load.loading) return html`<${Loading} />`;
  if (load.refusal) return html`<${RefusedPage} refusal=${load.refusal} retry=${load.reload} />`;
  return children(load.data);
}
