// Access that somebody is to have: role, rights, from when until when; and what else there is to say of it.
import { html } from "../view.js";
import { day, t } from "../words/index.js";
import { Summary } from "./list.js";

export const Offer = ({ one, tables, rows }) => html`
  <${Summary} rows=${[
    [t("user.role"), one.role ? tables.roleName(one.role) : t("preview.noRole")],
    [t("user.rights"), one.rights.map(tables.rightName).join(" · ") || t("form.notGiven")],
    one.valid_from > 0 && [t("user.from"), day(one.valid_from)],
    one.valid_until > 0 && [t("user.until"), day(one.valid_until - 1)],
    ...rows,
  ]} />`;
