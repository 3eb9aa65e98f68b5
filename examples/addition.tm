# Binary addition: the words x+y=z, where x, y, z are binary numbers (not empty, leading zeros
# allowed) and z is the sum. Work tape 1 gets x, work tape 2 gets y; then all three numbers are read
# from the right. What is left of a number is blank and counts as 0.
input: 0 1 + =
work: 0 1
blank: _
tapes: 2
states: x x-more y y-more z z-more carry-0 carry-1 yes no
start: x
accept: yes
reject: no
time: 2n + 1
transitions:
  # Copy x and y; each head then stands behind its number.
  x        0 * *  ->  x-more   0 *  R R S
  x        1 * *  ->  x-more   1 *  R R S
  x-more   0 * *  ->  x-more   0 *  R R S
  x-more   1 * *  ->  x-more   1 *  R R S
  x-more   + * *  ->  y        * *  R L S
  y        0 * *  ->  y-more   * 0  R S R
  y        1 * *  ->  y-more   * 1  R S R
  y-more   0 * *  ->  y-more   * 0  R S R
  y-more   1 * *  ->  y-more   * 1  R S R
  y-more   = * *  ->  z        * *  R S L
  # Go to the end of z.
  z        0 * *  ->  z-more   * *  R S S
  z        1 * *  ->  z-more   * *  R S S
  z-more   0 * *  ->  z-more   * *  R S S
  z-more   1 * *  ->  z-more   * *  R S S
  z-more   _ * *  ->  carry-0  * *  L S S
  # Digits of z, x, y from the right, without and with a carry.
  carry-0  0 _ _  ->  carry-0  _ _  L L L
  carry-0  0 _ 0  ->  carry-0  _ 0  L L L
  carry-0  0 0 _  ->  carry-0  0 _  L L L
  carry-0  0 0 0  ->  carry-0  0 0  L L L
  carry-0  1 _ 1  ->  carry-0  _ 1  L L L
  carry-0  1 1 _  ->  carry-0  1 _  L L L
  carry-0  1 0 1  ->  carry-0  0 1  L L L
  carry-0  1 1 0  ->  carry-0  1 0  L L L
  carry-0  0 1 1  ->  carry-1  1 1  L L L
  carry-1  1 _ _  ->  carry-0  _ _  L L L
  carry-1  1 _ 0  ->  carry-0  _ 0  L L L
  carry-1  1 0 _  ->  carry-0  0 _  L L L
  carry-1  1 0 0  ->  carry-0  0 0  L L L
  carry-1  0 _ 1  ->  carry-1  _ 1  L L L
  carry-1  0 1 _  ->  carry-1  1 _  L L L
  carry-1  0 0 1  ->  carry-1  0 1  L L L
  carry-1  0 1 0  ->  carry-1  1 0  L L L
  carry-1  1 1 1  ->  carry-1  1 1  L L L
  # z is read: what is left of x and y has to be 0, without a carry.
  carry-0  = _ _  ->  yes      _ _  S S S
  carry-0  = _ 0  ->  carry-0  _ 0  S L L
  carry-0  = 0 _  ->  carry-0  0 _  S L L
  carry-0  = 0 0  ->  carry-0  0 0  S L L
