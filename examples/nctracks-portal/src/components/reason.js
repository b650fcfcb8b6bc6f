// Deeds that need a stated reason, for the ledger: one text, then one button for each deed.
import { useDeed } from "../load.js";
import { html, useState } from "../view.js";
import { t } from "../words/index.js";
import { Alert, RefusalAlert } from "./alert.js";
import { Button } from "./button.js";
import { Field } from "./field.js";

/** `deeds` are [{ text, run(reason), done, kind? }]. */
export function Reasoned({ id, label, hint, deeds }) {
  const [reason, set] = useState("");
  const [missing, miss] = useState(false);
  const deed = useDeed(async ({ run, done }) => {
    await run(reason);
    set("");
    return done;
  });
  const press = (one) => {
    miss(!reason);
    if (!reason) return document.getElementById(`field-${id}`)?.focus();
    return deed.run(one);
  };
  return html`
    <form class="portal-form" onSubmit=${(event) => event.preventDefault()} novalidate>
      ${deed.answer && html`<${Alert} kind="success" live><p>${deed.answer}</p><//>`}
      <${RefusalAlert} refusal=${deed.refusal} />
      <${Field} row=${{ path: id, type: "text", required: true, label, description: hint }} value=${reason} onInput=${set} problem=${missing && !reason ? t("calls.reasonMissing") : undefined} />
      <p class="portal-actions">${deeds.map((one, i) => html`<${Button} key=${one.text} kind=${one.kind ?? (i === 0 ? "primary" : "outline")} onClick=${() => press(one)} busy=${deed.busy}>${one.text}<//>`)}</p>
    </form>`;
}

/** A reason beside the fields of a form. */
export const reasonRow = () => ({ path: "reason", type: "text", input: "text", group: "", required: true, label: t("calls.reason"), description: t("agency.reasonHint"), missing: t("calls.reasonMissing") });

/** The body of a request with the form's fields and the reason beside them. */
export const withReason = ({ reason, ...fields }) => ({ fields, reason });
