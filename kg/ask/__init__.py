"""The form of questions: who did what, to or with whom, about what, where and when.

`question` writes the SPARQL query of a filled form, from `kg/queries/pages/asked.rq`; whoever runs
it hands the solutions to `answer`, which describes them with the statements that answer each
question and their sentences. `deeds` lists what somebody may have done, `names` finds the thing
that a name means, `relaxed` says what to leave out where nothing was found.

Which classes are deeds, and which properties answer which question, is `dip:deed` and
`dip:answers` in `ontology/display.ttl`. What is claimed stands in the answer with who says so.

May import `lists` and what lies below; `web.ask` imports it.
"""
