"""Pages of claims, payment orders, rates, and the closing of a voucher."""
