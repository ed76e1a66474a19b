"""Builds that are not made on this machine alone.

`spark` gives `kg build` the options --spark and --output, and runs the build of `kg.spark` with
them: the command imports nothing of Spark before somebody asks for it, as few have it installed.

Errors are those of `kg.model.errors`, which the command prints as one plain line.
"""
