// Pairs of what and which, and tables that stay readable on a telephone.
import { html } from "../view.js";
import { t } from "../words/index.js";
import { Alert } from "./alert.js";

/** [[term, value, action?], …] */
export const Summary = ({ rows }) => html`
  <dl class="portal-summary-list">
    ${rows.filter(Boolean).map(
      ([term, value, action], i) => html`
        <div class="portal-summary-list__row" key=${i}>
          <dt>${term}</dt>
          <dd>${value}</dd>
          ${action && html`<dd class="portal-summary-list__action">${action}</dd>`}
        </div>`,
    )}
  </dl>`;

/** `columns` are [{ key, head, cell(row), number? }]; on narrow screens each row becomes a block with its heads. */
export function Table({ caption, columns, rows, keyOf = (row, i) => i, hideCaption }) {
  return html`
    <table class="usa-table usa-table--borderless usa-table--stacked-header portal-table">
      <caption class=${hideCaption ? "usa-sr-only" : ""}>${caption}</caption>
      <thead><tr>${columns.map((column) => html`<th scope="col" key=${column.head}>${column.head}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(
          (row, i) => html`
            <tr key=${keyOf(row, i)}>
              ${columns.map((column, c) =>
                c === 0
                  ? html`<th scope="row" data-label=${column.head}>${column.cell(row)}</th>`
                  : html`<td data-label=${column.head}>${column.cell(row)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** Said over a list of which damaged rows were left out. */
export const Damaged = () => html`<${Alert} kind="warning"><p>${t("health.partial")} <a class="usa-link" href="/agency/health">${t("agency.health")}</a></p><//>`;

export const Tag = ({ kind, children }) => html`<span class="usa-tag portal-tag portal-tag--${kind}">${children}</span>`;
