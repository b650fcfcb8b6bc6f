// The exact bytes of a document: text as text, a PDF in a frame of its own, anything else by its size.
import { html, useEffect, useState } from "../view.js";
import { t } from "../words/index.js";

const isPdf = (content) => String.fromCharCode(...content.subarray(0, 5)) === "%PDF-";

/** The text of the bytes; undefined where they are not text that shows all of itself. */
function textOf(content) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

export function Document({ content, name }) {
  const text = textOf(content);
  if (text !== undefined) return html`<pre class="portal-document" tabindex="0" aria-label=${t("sign.document")}>${text}</pre>`;
  return html`<${Framed} content=${content} name=${name} pdf=${isPdf(content)} />`;
}

function Framed({ content, name, pdf }) {
  const [address, set] = useState(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([content], { type: pdf ? "application/pdf" : "application/octet-stream" }));
    set(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return html`
    ${pdf && address && html`<iframe class="portal-document portal-document--pdf" src=${address} title=${t("sign.document")}></iframe>`}
    ${!pdf && html`<p>${t("sign.notText")}</p>`}
    ${address && html`<p><a class="usa-link" href=${address} download=${name}>${t("sign.download")}</a></p>`}`;
}
