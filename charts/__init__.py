"""Pictures of figures as SVG, made on the server: the same markup on a page and in a PDF.

`layouts` computes where everything is drawn, from plain values and without Django; the tag `chart`
(`{% load charts %}{% chart picture %}`) writes it as SVG with its table. Texts and figures come
written, in the reader's language and digits, since rooms above know how (`documents.wording`).
"""
