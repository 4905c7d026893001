"""Print a call's ranking from its exported CSV files: python3 recompute_ranking.py scores.zip"""

import bisect, collections, csv, fractions, io, itertools, sys, zipfile

archive, F = zipfile.ZipFile(sys.argv[1]), fractions.Fraction
table = lambda name: csv.DictReader(io.TextIOWrapper(archive.open(f"{name}.csv"), "utf-8-sig"))
rules = {row["rule"]: row["value"] for row in table("rules")}
vouchers = {row["country"]: int(row["vouchers"]) for row in table("countries")}
least = {"total": F(rules["total_threshold"])}  # In points; criteria in the order of ties.
for row in sorted(table("criteria"), key=lambda row: int(row["tie_break"])):
    least[row["criterion"]] = F(row["threshold"]) / 100 * F(row["weight"])
sheets = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
for row in (row for row in table("assessments") if row["state"] != "conflicted"):
    sheet = sheets[row["country"], row["application"]][row["kind"], row["sheet"]]
    points = F(row["score"]) / F(rules["score_max"]) * F(row["weight"])
    sheet.update({row["criterion"]: points, "total": points})  # A counter adds.
places, free = [], 0
for (country, name), given in sheets.items():
    used = [given[key] for key in given if "consensus" in key] or list(given.values())
    if len(used) > 2 and any("third_opinion" in key for key in given):
        gaps = [sorted(abs(one["total"] - each["total"]) for each in used)[1] for one in used]
        used = [sheet for sheet, gap in zip(used, gaps, strict=True) if gap == min(gaps)]
    points = {key: sum(sheet[key] for sheet in used) / len(used) for key in least}
    order = any(points[key] < least[key] for key in least), *(-points[key] for key in least)
    if sum("consensus" not in key for key in given) >= int(rules["assessors_required"]):
        places.append([order, country, name, "refuse" if order[0] else "reserve", ""])
for country in [*vouchers, "all"]:  # At last what countries leave, where the call gives it on.
    left = vouchers.get(country, free if rules["unfilled_quota"] == "next" else 0)
    waiting = sorted(one for one in places if one[3] == "reserve" and country in (one[1], "all"))
    for _order, equals in itertools.groupby(waiting, key=lambda place: place[0]):
        group = list(equals)
        fits = len(group) <= left and not any(place[4] for place in group)
        for place in group:
            place[3:] = ("award", "") if fits else ("reserve", "tied" if left else place[4])
        left = left - len(group) if fits else 0
    free += left
orders = sorted((country, order) for order, country, *_others in places)
for order, country, name, *result in sorted(places, key=lambda place: (place[1], place[0])):
    place = bisect.bisect_left(orders, (country, order)) - bisect.bisect_left(orders, (country,))
    print(country, place + 1, name, f"{int(F(1, 2) - order[1] * 100) / 100:.2f}", *result, sep=",")
