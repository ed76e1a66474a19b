// The query as a program that asks it.
const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const python = (text) => (/"""|\\/.test(text) ? JSON.stringify(text) : `"""\n${text.trimEnd()}\n"""`);
const r = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

export const snippets = {
  curl: (query, endpoint) =>
    `curl --header 'Accept: text/csv' --data-urlencode ${shell(`query=${query}`)} ${shell(endpoint)}\n`,
  Python: (query, endpoint) =>
    `from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper(${JSON.stringify(endpoint)}, returnFormat=JSON)
endpoint.setMethod("POST")
endpoint.setQuery(${python(query)})
for row in endpoint.queryAndConvert()["results"]["bindings"]:
    print({name: term["value"] for name, term in row.items()})
`,
  R: (query, endpoint) =>
    `library(httr2)

answer <- request(${r(endpoint)}) |>
  req_headers(Accept = "text/csv") |>
  req_body_form(query = ${r(query)}) |>
  req_perform()
rows <- read.csv(text = resp_body_string(answer))
print(rows)
`,
};
