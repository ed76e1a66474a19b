// The copies that a reader has opened, kept in this browser: nothing here is sent anywhere.

const KEY = "copy of ";

/** Return the copy of a source, by its slug: { language, sentences }; null if there is none. */
export function copyOf(slug) {
  try {
    return JSON.parse(localStorage.getItem(KEY + slug));
  } catch {
    // Storage may be forbidden, or hold what another program wrote.
    return null;
  }
}

/** Keep the sentences of a copy; throws if the browser does not allow it or has no room. */
export function keep(slug, copy) {
  localStorage.setItem(KEY + slug, JSON.stringify(copy));
}

/** Forget the copy of a source. */
export function forget(slug) {
  localStorage.removeItem(KEY + slug);
}
