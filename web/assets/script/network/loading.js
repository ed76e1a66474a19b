// What the server says of the network: where its nodes stand, as JSON, and the page in words.
import { root } from "../root.js";
import { parameters } from "./state.js";
import { gettext } from "../texts.js";

/** Ask for the network that the reader has chosen, laid out in a form; problems are told by their detail. */
export async function load(state, form, signal) {
  const query = parameters(state);
  query.set("form", form);
  const answer = await fetch(`${root}/network.json?${query}`, { signal });
  if (!answer.ok) throw new Error(await problem(answer));
  const data = await answer.json();
  if (data.focus.length < state.focus.length) throw new Error(gettext("at most %(most)s things are put in the middle", { most: data.focus.length }));
  return data;
}

/** Ask for the page of the network that the reader has chosen. */
export async function page(state, signal) {
  const answer = await fetch(`${root}/network?${parameters(state)}`, { headers: { Accept: "text/html" }, signal });
  if (!answer.ok) throw new Error(await problem(answer));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function problem(answer) {
  const type = answer.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/problem+json")) return (await answer.json()).detail;
  return gettext("the server answered %(status)s", { status: answer.status });
}
