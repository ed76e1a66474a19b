"""What a SPARQL query is made of, as far as one must know to find one's way in its text.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar; `kg.endpoint.guard` reads more strictly.
"""

import re

# Strings and language tags have no group: nothing in them is looked at. A name has a colon. Every
# repeat is possessive, and what is scanned in vain (a string that is not closed, a word without a
# colon) is then taken as a piece, so a text is read in linear time.
MARK = re.compile(
    r"""(?P<comment>\#[^\r\n]*+) | (?P<iri><[^<>"{}|^`\\\s]*+>)
      | \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
      | "(?!"")(?:[^"\\\r\n]|\\[^\r\n])*+" | '(?!'')(?:[^'\\\r\n]|\\[^\r\n])*+'
      | (?P<open>\"{3}.*+ | '{3}.*+ | ["'][^\r\n]*+) | [?$]\w++ | @[A-Za-z-]++
      | (?P<blank>_:\w++(?:[.-]++\w++)*+) | (?P<name>(?:\w[\w.-]*+)?+:[\w:.%-]*+)
      | (?P<word>\w[\w.-]*+) | (?P<sign>[][{}().;,])""",
    re.VERBOSE | re.DOTALL,
)
