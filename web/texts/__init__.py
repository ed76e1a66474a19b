"""The interface's texts in the reader's language, for templates and for scripts.

The catalogues are in `kg/translations` and are read by `kg.model.translations`, which Python calls
directly. `template_texts` gives templates `_()`, `{% trans %}` and the filters that write numbers
and lists; `script_texts` serves what scripts show. English pages load no catalogue.

A text is listed in the catalogues by `make translations`; `kg/translations/README.md` says how a
language is added.
"""
