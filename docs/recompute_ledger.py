"""Recompute a call's ledger from its exported CSV: python3 recompute_ledger.py entries.csv [SEAL …]

Tells each balance, the sums of each voucher, and the first entry that was altered, removed or moved.
Seals after the file are looked for in the chain: those of papers, or of the public page of a day.
"""

import collections, csv, decimal, hashlib, itertools, json, pathlib, sys

path, *printed = sys.argv[1:]
with pathlib.Path(path).open(encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
ENTRY = [
    "call",
    "number",
    "day",
    "entered_at",
    "kind",
    "source_type",
    "source_id",
    "part",
    "person",
]
LEG = ["account", "voucher", "debit", "credit"]
balances, moved = collections.Counter(), collections.Counter()
before, number, amiss, chain = "", 0, "", {}
for given, group in itertools.groupby(rows, key=lambda row: (row["call"], row["number"])):
    legs = list(group)
    entry, number = legs[0], number + 1
    values = [entry["previous"], *(entry[name] for name in ENTRY), json.loads(entry["note"])]
    values += [leg[name] for leg in legs for name in LEG]
    measured = b"".join(b"%d:%b," % (len(text), text) for text in map(str.encode, values))
    seal = hashlib.sha256(measured).hexdigest()  # Each value stands behind its length in bytes.
    agrees = all(leg[name] == entry[name] for leg in legs for name in (*ENTRY, "note", "seal"))
    total = sum(decimal.Decimal(leg["debit"]) - decimal.Decimal(leg["credit"]) for leg in legs)
    if not amiss and given[1] != str(number):
        amiss = f"{number}: the file has {given[1]} in its place"
    elif not amiss and (entry["seal"] != seal or total or not agrees):
        amiss = given[1]
    elif not amiss and entry["previous"] != before:  # This one is whole: it followed another.
        amiss = str(number - 1)
    for leg in legs:
        amount = decimal.Decimal(leg["debit"]) - decimal.Decimal(leg["credit"])
        balances[leg["voucher"], leg["account"]] += amount
        moved[leg["voucher"], entry["kind"]] += abs(amount)
    before, chain[entry["seal"]] = entry["seal"], number
for (voucher, account), amount in sorted(balances.items()):
    print("balance", voucher or "call", account, f"{amount:.2f}", sep=",")
for voucher in sorted({name for name, _account in balances if name}):
    got = moved[voucher, "award"] - moved[voucher, "withdrawal"] - moved[voucher, "release"]
    got += moved[voucher, "reopening"] - moved[voucher, "recovery"]  # What came back is the call's.
    held = sum(amount for (name, _account), amount in balances.items() if name == voucher)
    print("voucher", voucher, f"{held:.2f}", "agrees" if got == held else f"but {got:.2f}", sep=",")
print("sum", f"{sum(balances.values()):.2f}", f"{number} entries", f"seal {before}", sep=",")
for seal in printed:
    print("paper", seal, f"entry {chain[seal]}" if seal in chain else "in no entry", sep=",")
print(f"ALTERED at entry {amiss}" if amiss else "Nothing was altered.")
sys.exit(bool(amiss) or any(seal not in chain for seal in printed))
