"""Where a voucher stands: its stage, whose turn it is and since when, and its light."""
