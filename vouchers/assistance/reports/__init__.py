"""What a voucher brought: the final report in versions, its pictures, and what may be published of it."""
