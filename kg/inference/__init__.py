"""What the rules of `ontology/rules` conclude, and from what.

`derive` runs them forwards, stratum by stratum, until nothing new appears: a step of the build. The
other modules run them backwards: `premises` finds the statements from which one rule concludes
another, `derivation` the graphs that an inferred statement follows from (evidence for rows of a
query), `proof` the shortest chain of steps to what is stated (why a check complains).

Imports model, sparql and store. The pipeline and the endpoint import it.

Words: a *premise* is a statement from which a rule concludes another; *provenance*, the graphs that
an inferred statement follows from; a *proof*, a tree of statements with what is stated as leaves.
"""
