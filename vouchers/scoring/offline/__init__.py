"""Scoring without a line: a workbook that is downloaded, filled in and brought back."""
