// The frame of a page's content: title, summary of errors, heading, focus.
import { html, useEffect, useRef } from "../view.js";
import { t } from "../words/index.js";
import { idOf } from "./field.js";

/** Whether a page was shown before: the browser itself decides where the first one begins. */
let opened = false;

/**
 * `problems` are [{ path, message }], as they stand beside their fields. The heading takes the focus when the page is
 * opened, the summary whenever `attempt` grows with problems left: a screen reader says where one is.
 */
export function Page({ title, caption, problems = [], attempt = 0, onProblem, back, narrow, wide, children }) {
  const heading = useRef();
  const summary = useRef();
  const shown = attempt > 0 && problems.length > 0;
  useEffect(() => {
    document.title = `${shown ? `${t("error.prefix")} ` : ""}${title} – ${t("portal.name")}`;
  }, [title, shown]);
  useEffect(() => {
    if (!opened) {
      opened = true;
      return;
    }
    if (heading.current && document.activeElement?.closest("[role=dialog],dialog") == null) heading.current.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [title]);
  useEffect(() => {
    if (shown) summary.current?.focus();
  }, [attempt]);
  return html`
    <div class="grid-container ${narrow ? "portal-narrow" : ""} ${wide ? "portal-wide" : ""} portal-page">
      ${back && html`<${BackLink} ...${back} />`}
      ${shown && html`<${ErrorSummary} inner=${summary} problems=${problems} onProblem=${onProblem} />`}
      ${caption && html`<p class="portal-caption">${caption}</p>`}
      <h1 ref=${heading} tabindex="-1">${title}</h1>
      ${children}
    </div>`;
}

function BackLink({ to, text }) {
  const back = (event) => {
    if (to) return;
    event.preventDefault();
    history.back();
  };
  return html`<a class="portal-back usa-link" href=${to ?? "/"} onClick=${back}>${text ?? t("action.back")}</a>`;
}

function ErrorSummary({ problems, inner, onProblem }) {
  const jump = (event, path) => {
    event.preventDefault();
    if (onProblem?.(path)) return;
    const field = document.getElementById(idOf(path));
    const target = field?.matches("fieldset") ? field.querySelector("input") : field;
    target?.focus();
    target?.scrollIntoView({ block: "center" });
  };
  return html`
    <div class="usa-alert usa-alert--error portal-summary" role="alert" tabindex="-1" ref=${inner} aria-labelledby="summary-title">
      <div class="usa-alert__body">
        <h2 class="usa-alert__heading" id="summary-title">${t("error.summary", { count: problems.length })}</h2>
        <ul class="usa-list usa-list--unstyled">
          ${problems.map(
            ({ path, message }) => html`<li key=${path}>${path ? html`<a class="usa-link" href="#${idOf(path)}" onClick=${(event) => jump(event, path)}>${message}</a>` : message}</li>`,
          )}
        </ul>
      </div>
    </div>`;
}
