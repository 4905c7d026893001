"""A state machine of payments: random people do random things, and the books hold.

`acting` says who acts and how, `moves` what they try, `invariants` what holds after each step, computed
from the tables by SQL of its own. The test is `test_machine.py`.
"""
