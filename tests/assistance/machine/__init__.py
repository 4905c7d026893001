"""A state machine of the assistance: random people do random things, and no rule is broken.

`world` says who and what there is, `moves` what they try, `invariants` what holds after each step,
computed from the tables by SQL of its own. The test is `test_machine.py`.
"""
