"""Whether what the bank paid has arrived: the payee says so by a link, finance looks into the rest."""
