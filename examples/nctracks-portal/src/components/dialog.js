// A question over the page: the browser's own dialog keeps the focus in it and gives it back.
import { html, useEffect, useId, useRef } from "../view.js";

export function Dialog({ title, onCancel, children }) {
  const dialog = useRef();
  const id = useId();
  useEffect(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    onCancel?.();
  };
  return html`
    <dialog class="portal-dialog" ref=${dialog} aria-labelledby=${id} onCancel=${cancel}>
      <h2 id=${id}>${title}</h2>
      ${children}
    </dialog>`;
}
