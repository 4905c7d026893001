"""Reading what strangers sent: runs in a confined process, and knows neither Django nor the portal.

A file may be made to take all memory and time, or to exploit the library that reads it. So whatever
opens an uploaded file's content lies here, is started by `files.actions.confined` in a process of its own
with limits, without secrets and without a connection, and answers with plain facts. What it finds
amiss is a `FileFault`; `files.wording.sentences` says it in the reader's language.
"""
