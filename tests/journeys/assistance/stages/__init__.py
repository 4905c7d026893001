"""The stages of a voucher's assistance, each told through the pages by the people whose turn it is."""
