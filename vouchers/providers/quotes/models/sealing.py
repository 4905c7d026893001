"""The seal of quotes: row-level security, so that no query reads what has not been opened.

The application's role reads a quote, its lines and its files only

- where its terms were opened (a row of QuoteOpening, which the database takes after the deadline
  alone) and it was the version that stood then; drafts, replaced and withdrawn ones stay sealed; or
- in a transaction that says the secret of the provider's own link (`quotes.link`): the row of the
  link holds its SHA-256 only, so that who reads the database cannot say it.

Rows are written by the provider's own link alone. The owner of the tables, who changes them and
backs them up, is not bound by it: `conduct.models.owning` keeps the two apart.
"""

from __future__ import annotations

# What the transaction says, hashed as PersonalLink.digest is; a link that was replaced opens nothing.
_OWN = """
    l.replaced_at IS NULL AND l.withdrawn_at IS NULL
    AND l.digest = encode(sha256(convert_to(current_setting('quotes.link', true), 'UTF8')), 'hex')
"""
_OWN_QUOTE = f"""
    EXISTS (
        SELECT FROM vouchers_quotelink l
        WHERE l.invitation_id = vouchers_quote.invitation_id AND {_OWN}
    )
"""
_OPENED_QUOTE = """
    state = 'sent' AND EXISTS (
        SELECT FROM vouchers_quoteinvitation i
        JOIN vouchers_quoteopening o ON o.terms_id = i.terms_id
        WHERE i.id = invitation_id AND i.state = 'invited'
    )
"""
_OF_OWN_QUOTE = f"""
    EXISTS (
        SELECT FROM vouchers_quote q JOIN vouchers_quotelink l ON l.invitation_id = q.invitation_id
        WHERE q.id = quote_id AND {_OWN}
    )
"""
# Reads of the quote are bound by its own policies.
_OF_READABLE_QUOTE = "EXISTS (SELECT FROM vouchers_quote q WHERE q.id = quote_id)"

SEALED = ("vouchers_quote", "vouchers_quoteline", "vouchers_quotefile")

SEAL = f"""
    ALTER TABLE vouchers_quote ENABLE ROW LEVEL SECURITY;
    CREATE POLICY by_own_link ON vouchers_quote USING ({_OWN_QUOTE}) WITH CHECK ({_OWN_QUOTE});
    CREATE POLICY opened ON vouchers_quote FOR SELECT USING ({_OPENED_QUOTE});
    ALTER TABLE vouchers_quoteline ENABLE ROW LEVEL SECURITY;
    CREATE POLICY by_own_link ON vouchers_quoteline
        USING ({_OF_OWN_QUOTE}) WITH CHECK ({_OF_OWN_QUOTE});
    CREATE POLICY opened ON vouchers_quoteline FOR SELECT USING ({_OF_READABLE_QUOTE});
    ALTER TABLE vouchers_quotefile ENABLE ROW LEVEL SECURITY;
    CREATE POLICY by_own_link ON vouchers_quotefile
        USING ({_OF_OWN_QUOTE}) WITH CHECK ({_OF_OWN_QUOTE});
    CREATE POLICY opened ON vouchers_quotefile FOR SELECT USING ({_OF_READABLE_QUOTE});
"""
UNSEAL = "".join(
    f"""
    DROP POLICY by_own_link ON {table};
    DROP POLICY opened ON {table};
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in SEALED
)
