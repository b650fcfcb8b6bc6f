// A long form in steps, one group of the field table each, then a review with a way back to each step.
import { html } from "../view.js";
import { t } from "../words/index.js";
import { shownValue } from "./field.js";
import { Summary } from "./list.js";

export function StepIndicator({ steps, current }) {
  return html`
    <div class="usa-step-indicator usa-step-indicator--counters-sm" role="region" aria-label=${t("step.label")}>
      <ol class="usa-step-indicator__segments">
        ${steps.map(
          (name, i) => html`
            <li class="usa-step-indicator__segment ${i < current ? "usa-step-indicator__segment--complete" : ""} ${i === current ? "usa-step-indicator__segment--current" : ""}" key=${name} aria-current=${i === current ? "step" : undefined}>
              <span class="usa-step-indicator__segment-label">${name}${i !== current && html`<span class="usa-sr-only"> ${t(i < current ? "step.done" : "step.open")}</span>`}</span>
            </li>`,
        )}
      </ol>
    </div>
    <p class="portal-caption">${t("step.of", { step: current + 1, steps: steps.length })}</p>`;
}

/** What was given in one group, and the way to change it. */
export function ReviewGroup({ title, rows, values, index, change }) {
  const place = (row) => (index === undefined ? row.path : row.path.replace("[N]", `[${index}]`));
  return html`
    <section class="portal-review">
      <div class="portal-review__head">
        <h2>${title}</h2>
        <button type="button" class="usa-button usa-button--unstyled" onClick=${change}>${t("action.change")}<span class="usa-sr-only"> ${title}</span></button>
      </div>
      <${Summary} rows=${rows.map((row) => [row.label, shownValue(row, values[place(row)])])} />
    </section>`;
}
