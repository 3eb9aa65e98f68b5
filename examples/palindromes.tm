# The words over a b that read the same backwards.
# The work tape gets a copy; the input head goes back; both are compared, one from each end.
input: a b
work: a b
blank: _
tapes: 1
states: copy back compare yes no
start: copy
accept: yes
reject: no
time: 3n + 3
transitions:
  copy     a _  ->  copy     a  R R
  copy     b _  ->  copy     b  R R
  copy     _ _  ->  back     _  L L
  back     a *  ->  back     *  L S
  back     b *  ->  back     *  L S
  back     _ *  ->  compare  *  R S
  compare  a a  ->  compare  a  R L
  compare  b b  ->  compare  b  R L
  compare  _ _  ->  yes      _  S S
