"""What z3 is asked. Untrusted: its answers carry no certificate, unless the island checks them.

- `consistency`: does some box of the profile space derive both a language and its absence?
- `verify`: does a model under a float contract agree with a language on the words of a length?
- `lemmas`: at which position does a hard attention head look? `proofs.head_lemma` checks it.
"""
