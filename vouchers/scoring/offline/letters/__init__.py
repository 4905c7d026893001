"""The workbook as a file: its rows, writing it, reading it back."""
