"""Two things together: what they had to do with each other, claim of each other, and share.

`together` asks one page query a section (`kg/queries/pages/together*.rq`), describes what each
returns, says which part each of the two has in it, and numbers the sentences behind. `pair`
recognises two names with “and” between; `partners` lists with whom a thing has most in common.

May import `network`, `things`, `lists` and what lies below; `web.ask` imports it.
"""
