// What scripts show, in the page's language: pages that are not in English load its texts first (/texts/LANGUAGE.js).

const { language = "en", texts = {} } = globalThis.interfaceTexts ?? {};
const rules = new Intl.PluralRules(language);
// The forms of a text are in the order of these categories of CLDR, as gettext has them.
const forms = ["zero", "one", "two", "few", "many", "other"].filter((form) => rules.resolvedOptions().pluralCategories.includes(form));

/** Return a text in the page's language, with values in place of its placeholders. */
export function gettext(text, values = {}) {
  return filled(texts[text] ?? text, values);
}

/** Return the text that goes with a number, which is a value called `num`. */
export function ngettext(one, many, num, values = {}) {
  const text = texts[one]?.[forms.indexOf(rules.select(num))] ?? (num === 1 ? one : many);
  return filled(text, { num: formatted(num), ...values });
}

/** Write a number with the separators of the page's language. */
export function formatted(number) {
  return number.toLocaleString(language);
}

/** Put elements in place of the placeholders of a translated text: a list of texts and elements. */
export function withElements(text, elements) {
  return text.split(/%\((\w+)\)s/).map((part, at) => (at % 2 ? elements[part] : part));
}

function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (placeholder, name) => values[name] ?? placeholder);
}

/** Return the tag of the page's language, for dates and for sorting. */
export { language };
