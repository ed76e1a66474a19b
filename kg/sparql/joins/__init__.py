"""What a SERVICE is joined with: the elements of its group, and the values to send with its call.

`group_elements` splits a group into its elements; `service_inputs` makes a query for the values of
the variables that a SERVICE shares with them; `sent_values` puts values behind a call's query.

A query comes in as text and stays text, as in the rest of `kg.sparql`: `kg.federation` runs it.
"""
