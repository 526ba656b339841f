"""The backpropagation microscope: one sample, one weight, and every number on the way.

- `arithmetic` writes calculations whose digits close, `markup` and `formula` set them.
- `situation` says what is looked at and how it is called; `forward`, `losses`, `backward` and
  `updating` tell the steps as cards of formulas.
- `drawing` (with `placing`) is the network, `cards` the formulas, `side` what the weight does to
  the loss; `mode` puts them together.
"""
