"""What the site tells programs beside RDF and SPARQL: JSON of things, and what addresses there are.

`thing_json` sends `/thing/NAME.json`: the statements about a thing with the sentences that they
cite. `agent_texts` sends `/llms.txt` and `/schema.txt`, which tell a program what to ask for.
`mcp_http` serves agents: a program of its own.

`notebook` sends `/notebook.ipynb`, whose cells ask this site.

A view asks `kg.agents` and adds the addresses of this site. Imported by `web` alone.
"""
