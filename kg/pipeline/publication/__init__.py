"""What a build records when it is published: its release, and the files to download.

`changes` compares the dataset of a build with that of the build before it, line by line; `record`
writes the release of a build, with those before it, into `releases.json`; `release` is what stands
there and how it is read again (by `kg.releases`, which answers for an opened build). `dump_files`
writes the dumps, which `/dump/` sends.

A release is a build that was published: the same contents published again are the same release.
"""
