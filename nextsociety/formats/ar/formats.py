"""Arabic as the programme writes it: day before month, 24 hours, a point before decimals."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
# As sums of money and letters write them (see documents/wording.py), so that no page mixes both.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
