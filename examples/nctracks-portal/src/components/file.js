// Files handed out and taken in.
import { html, useRef, useState } from "../view.js";
import { t } from "../words/index.js";

export function save(content, name, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A place to drop a file or to choose one. */
export function FileField({ id, label, hint, required, problem, onFile }) {
  const [name, setName] = useState("");
  const input = useRef();
  const take = (file) => {
    setName(file?.name ?? "");
    onFile(file);
  };
  const drop = (event) => {
    event.preventDefault();
    input.current.files = event.dataTransfer.files;
    take(event.dataTransfer.files[0]);
  };
  return html`
    <div class="usa-form-group ${problem ? "usa-form-group--error" : ""}">
      <label class="usa-label" for="field-${id}">${label}${!required && html` <span class="usa-hint">${t("form.optional")}</span>`}</label>
      <span class="usa-hint" id="${id}-hint">${hint}</span>
      ${problem && html`<span class="usa-error-message" id="${id}-error"><span class="usa-sr-only">${t("error.prefix")} </span>${problem}</span>`}
      <div class="portal-drop" onDragOver=${(event) => event.preventDefault()} onDrop=${drop}>
        <span class="portal-drop__text" aria-hidden="true">${name || t("file.drop")}</span>
        <input class="portal-file" ref=${input} id="field-${id}" type="file" aria-describedby="${id}-hint${problem ? ` ${id}-error` : ""}" onChange=${(event) => take(event.target.files[0])} />
      </div>
    </div>`;
}
