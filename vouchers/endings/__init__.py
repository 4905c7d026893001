"""How a voucher ends otherwise than planned: more time, rest, an early end."""
