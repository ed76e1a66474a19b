"""What a reader may want to know of the site itself.

    about     what the graph is, how a fact becomes part of it, who keeps the site
    contact   the address that the owner sets, for mail or a form
    report    the text of a report of an error, with the page, statement and build that it is about

Nothing is stored: a report goes by the reader's mail program or the owner's form.
"""
