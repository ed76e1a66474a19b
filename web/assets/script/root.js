// What the paths of pages begin with: the prefix of the site, and the language of the address.

export const root = globalThis.document?.documentElement?.dataset.root ?? "";
