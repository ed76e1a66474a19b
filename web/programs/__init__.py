"""What the site tells programs beside RDF and SPARQL: JSON of things, and what addresses there are.

`thing_json` sends `/thing/NAME.json`: the statements about a thing with the sentences that they
cite.

`notebook` sends `/notebook.ipynb`, whose cells ask this site.

A view asks `kg.agents` and adds the addresses of this site. Imported by `web` alone.
"""
