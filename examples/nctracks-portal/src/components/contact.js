// How a person or a provider is reached, as rows of a summary. What is masked comes masked from the server.
import { html } from "../view.js";
import { t } from "../words/index.js";

const zip = (digits) => (digits.length === 9 ? `${digits.slice(0, 5)}-${digits.slice(5)}` : digits);

const lines = ({ line1, line2, city, state, zip: code }) => [line1, line2, [[city, state].filter(Boolean).join(", "), zip(code)].filter(Boolean).join(" ")].filter(Boolean);

const Lines = ({ address }) => lines(address).map((line, i) => html`${i > 0 && html`<br />`}${line}`);

const dashed = (digits) => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, "$1-$2-$3");

const phone = (one) => (one.phone_extension ? t("contact.extended", { phone: dashed(one.phone), extension: one.phone_extension }) : dashed(one.phone));

/** [[term, value], …] of what there is. */
export const contactRows = (one) => [
  one.email && [t("profile.email"), one.email],
  one.phone && [t("profile.phone"), phone(one)],
  lines(one.address).length > 0 && [t("contact.address"), html`<${Lines} address=${one.address} />`],
].filter(Boolean);

/** What somebody asked for: the new data, and what is to be left out. */
export const wishedRows = (wish, table) => [
  nameOf(wish) && [t("profile.name"), nameOf(wish)],
  ...contactRows(wish),
  wish.drops && [t("contact.drops"), wish.drops.split(" ").map((path) => table?.fields.find((row) => row.path === path)?.label ?? path).join(", ")],
].filter(Boolean);

const nameOf = (wish) => [wish.first_name, wish.middle_name, wish.last_name, wish.suffix].filter(Boolean).join(" ");
