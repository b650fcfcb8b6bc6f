// What every page is made of: elements from templates, state, effects.
import { h } from "preact";
import htm from "htm";

export const html = htm.bind(h);
export { Fragment, render } from "preact";
export { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
