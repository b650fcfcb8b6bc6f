// A field drawn from a row of the library's field table. What it is called, means, allows and hides is the row's.
import { html, useState } from "../view.js";
import { t } from "../words/index.js";

/** The element's id for a path such as users[0].email. */
export const idOf = (path) => `field-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "")}`;

/**
 * One field with label, help and problem. `row` as the server hands it out; `path` with the index filled in; `onInput`
 * gets the text as it is typed, `onLeave` is called when the field is left.
 */
export function Field({ row, path = row.path, value = "", problem, onInput, onLeave, label = row.label }) {
  const id = idOf(path);
  const describedBy = [row.description ? `${id}-hint` : "", problem ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  const Control = controlOf(row);
  const given = { id, name: path, describedBy, problem, value, onInput, onLeave, row, label };
  if (Control === Several) return html`<${Several} ...${given} />`;
  return html`
    <div class="usa-form-group ${problem ? "usa-form-group--error" : ""}">
      <label class="usa-label ${problem ? "usa-label--error" : ""}" for=${id}><${Label} text=${label} row=${row} /></label>
      ${row.description && html`<span class="usa-hint" id="${id}-hint">${row.description}</span>`}
      <${Problem} id=${id} text=${problem} />
      <${Control} ...${given} />
    </div>`;
}

const isSecret = (row) => row.secret ?? row.type === "secret";
/** What is required with its group is not called optional: the group is, by its heading. */
const isOptional = (row) => !row.required && !row.required_with?.length;

const Label = ({ text, row }) => html`${text}${isOptional(row) && html` <span class="usa-hint">${t("form.optional")}</span>`}`;

const Problem = ({ id, text }) => (text ? html`<span class="usa-error-message" id="${id}-error"><span class="usa-sr-only">${t("error.prefix")} </span>${text}</span>` : null);

const attributes = ({ id, name, describedBy, problem, row, onInput, onLeave }) => ({
  id,
  name,
  "aria-describedby": describedBy,
  "aria-invalid": problem ? "true" : undefined,
  "aria-required": row.required ? "true" : undefined,
  autocomplete: row.autocomplete || "off",
  onInput: (event) => onInput(event.target.value),
  onBlur: onLeave,
});

const widths = [
  [6, "usa-input--small"],
  [24, "usa-input--medium"],
];
const widthOf = (row) => widths.find(([most]) => row.max_length > 0 && row.max_length <= most)?.[1] ?? "";

function Line(given) {
  const { row, value, problem } = given;
  return html`<input class="usa-input ${widthOf(row)} ${problem ? "usa-input--error" : ""}" type=${row.input || "text"} inputmode=${row.inputmode || undefined} value=${value} autocapitalize="off" spellcheck=${false} ...${attributes(given)} />`;
}

function Secret(given) {
  const { id, row, value, problem } = given;
  const [open, setOpen] = useState(false);
  return html`
    <input class="usa-input ${problem ? "usa-input--error" : ""}" type=${open ? "text" : "password"} value=${value} inputmode=${row.inputmode || undefined} autocapitalize="off" spellcheck=${false} ...${attributes(given)} />
    <button type="button" class="usa-show-password" aria-controls=${id} aria-pressed=${String(open)} onClick=${() => setOpen(!open)}>
      ${t(open ? "form.hide" : "form.show")}<span class="usa-sr-only"> ${given.label}</span>
    </button>`;
}

function Long(given) {
  const { value, problem } = given;
  return html`<textarea class="usa-textarea ${problem ? "usa-input--error" : ""}" value=${value} ...${attributes(given)}></textarea>`;
}

/** What is called by no title is by its description, which is a sentence. */
export const nameOf = (choice) => choice.title || choice.description?.replace(/\.$/, "") || choice.name;

function Choice(given) {
  const { row, value, problem } = given;
  return html`
    <select class="usa-select ${problem ? "usa-input--error" : ""}" value=${value} ...${attributes(given)}>
      <option value="">${t(row.required ? "form.choose" : "form.notGiven")}</option>
      ${row.choices.map((choice) => html`<option key=${choice.name} value=${choice.name} selected=${choice.name === value}>${nameOf(choice)}</option>`)}
    </select>`;
}

const words = (value) => value.split(" ").filter(Boolean);

/** Several words of which any may be chosen: kept as the library reads them, separated by spaces. */
function Several({ id, name, describedBy, problem, value, onInput, onLeave, row, label }) {
  const chosen = words(value);
  const flip = (word) => onInput((chosen.includes(word) ? chosen.filter((other) => other !== word) : [...chosen, word]).join(" "));
  return html`
    <div class="usa-form-group ${problem ? "usa-form-group--error" : ""}">
      <fieldset class="usa-fieldset" id=${id} aria-describedby=${describedBy}>
        <legend class="usa-legend"><${Label} text=${label} row=${row} /></legend>
        ${row.description && html`<span class="usa-hint" id="${id}-hint">${row.description}</span>`}
        <${Problem} id=${id} text=${problem} />
        <div class="portal-checks">
          ${row.choices.map((choice) => html`<${Check} key=${choice.name} id="${id}-${choice.name}" name=${name} checked=${chosen.includes(choice.name)} onChange=${() => flip(choice.name)} onBlur=${onLeave} label=${nameOf(choice)} />`)}
        </div>
      </fieldset>
    </div>`;
}

export const Check = ({ id, name, checked, onChange, onBlur, label, hint }) => html`
  <div class="usa-checkbox">
    <input class="usa-checkbox__input" type="checkbox" id=${id} name=${name} checked=${checked} onChange=${onChange} onBlur=${onBlur} />
    <label class="usa-checkbox__label" for=${id}>${label}${hint && html`<span class="usa-checkbox__label-description">${hint}</span>`}</label>
  </div>`;

// By the kind of input the table names; a row of a page's own may name its type alone.
const byInput = { select: Choice, checkbox: Several, password: Secret, textarea: Long };
const byType = { choice: Choice, language: Choice, rights: Several, choices: Several, bytes: Long, secret: Secret };
const controlOf = (row) => (row.input ? (byInput[row.input] ?? Line) : (byType[row.type] ?? Line));

/** What a person fills in: a page or the server knows the rest. */
export const isTyped = (row) => row.input !== "hidden";

/** What was given, in words, for review pages. A secret is never shown again. */
export function shownValue(row, value = "") {
  if (!value) return html`<span class="portal-quiet">${t("form.notGiven")}</span>`;
  if (isSecret(row)) return t("form.hidden");
  const called = (word) => nameOf(row.choices.find((choice) => choice.name === word) ?? { name: word });
  if (!row.choices?.length) return value;
  return words(value).map(called).join(", ");
}
