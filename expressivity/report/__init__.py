"""Reports: one page about a language, a variant, a question or a model.

What a report says is plain data (`data`), gathered from answers that are made elsewhere. The page
is rendered from that data alone (`render`), as HTML or Markdown, so that both say the same.
"""
