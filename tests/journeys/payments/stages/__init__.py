"""What each person does about the money of a voucher, through pages."""
