"""A plan written in French on a telephone, returned in Arabic, approved twice, and amended."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts.models import User
from tests.assistance.plans.writing import in_days, newest, rows
from tests.making import voucher_story
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.plans.queries import plan_of
from vouchers.calls.models import Call

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
State = PlanVersion.State


def address(told, name="plan", *more):
    return reverse(f"plans:{name}", args=[told.voucher.pk, *more])


def fits(someone):
    """Nothing reaches over the edge of the screen."""
    wide = someone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, someone.page.url


def press(someone, selector):
    """Press what stands there, and look at the page that comes."""
    with someone.page.expect_navigation():
        someone.page.locator(f"main {selector}").first.click()
    someone.check()
    fits(someone)


def write(someone, part, row, **cells):
    for column, text in cells.items():
        field = someone.page.locator(f"[name=part_{part}_{row}_{column}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(**text)
        else:
            field.fill(text)


def says(someone, selector, text):
    """Wait until the page says so, in its own figures."""
    someone.page.locator(f"main {selector}").filter(has_text=text).first.wait_for()


def is_saved(someone):
    """Wait until the page says that it is saved."""
    saved = someone.page.get_attribute("#draft-words", "data-saved")
    status = someone.page.locator("#draft-status")
    status.filter(has_text=re.compile(f"^{re.escape(saved)}$")).wait_for()


def people_of(told):
    """The manager reads French, the officer and the coordinator Arabic and English."""
    coordinator = told.cast.coordinators[0]
    for each, language in ((told.manager, "fr"), (told.officer, "ar"), (coordinator, "en")):
        User.objects.filter(pk=each.pk).update(language=language)
    return [User.objects.get(pk=each.pk) for each in (told.manager, told.officer, coordinator)]


def write_all(cluster, told):
    """Every part of a plan of 5,000 EUR; some of it is warned of, and mended while it is written."""
    write(cluster, 1, 0, aim="Relier les membres aux universités", provider={"index": 1})
    write(cluster, 2, 0, text="Deux projets communs")
    for need in cluster.page.locator("[name=part_2_0_needs]").all():
        need.check()
    write(cluster, 3, 0, title="Ateliers avec les membres", objective={"index": 1})
    write(cluster, 4, 0, title="Manuels", due_on=in_days(60), days="10", who="Consultante")
    write(cluster, 5, 0, title="Deux manuels", milestone={"index": 1})
    lines = cluster.page.locator("#part-6")
    write(cluster, 6, 0, text="Journées", milestone={"index": 1}, days="9,5", rate="700")
    says(cluster, "#part-6 .plan-comes-to", "6\u202f650,00")
    says(cluster, "[data-plan-total].below", "6\u202f650,00")
    says(cluster, "#part-6 [data-problems] li", "6\u202f650,00")
    says(cluster, "#part-6 [data-warnings] li", "600,00")
    says(cluster, "#part-4 [data-warnings] li", "9,5")
    write(cluster, 6, 0, days="10", rate="380")
    says(cluster, "[data-plan-total]:not(.below)", "3\u202f800,00")
    lines.locator("[data-add-line]").click()
    write(cluster, 6, 1, kind={"value": "travel"}, text="Voyage", milestone={"index": 1})
    write(cluster, 6, 1, amount="1200")
    assert not cluster.page.locator("[name=part_6_1_rate]").is_visible()
    write(cluster, 7, 0, code={"value": "MEMB"}, baseline="0", target="12", due_on=in_days(60))
    assert cluster.page.input_value("[name=part_7_0_unit]") == "membres"
    is_saved(cluster)
    lines.locator("[data-problems] li").first.wait_for(state="detached")
    lines.locator("[data-warnings] li").first.wait_for(state="detached")
    cluster.check()
    fits(cluster)


def test_a_plan_is_written_returned_at_the_line_approved_and_amended(visitor):
    told = voucher_story("needs")
    Call.objects.update(plans_to_coordinator=True)
    manager, officer, coordinator = people_of(told)
    cluster = visitor(manager, width=390)
    cluster.open(told.voucher.get_absolute_url())
    press(cluster, f".next-step a[href='{address(told)}']")
    press(cluster, "form button.btn-primary")
    write_all(cluster, told)
    typed = rows(told)
    cluster.open(address(told))
    assert cluster.page.input_value("[name=part_6_1_amount]") == "1200"
    assert [row["days"] for row in typed[6]] == ["10", ""]
    send(cluster)
    assert newest(told).state == State.SUBMITTED

    partner = visitor(officer)
    return_at_the_line(partner, told)
    mend(cluster, told)
    partner.open(address(told, "changes", 2))
    assert partner.page.locator("main del").all_inner_texts() == ["Voyage"]
    fits(partner)
    approve(partner, told, 2)
    assert newest(told).state == State.PARTNER_APPROVED
    programme = visitor(coordinator)
    approve(programme, told, 2)
    assert plan_of(told.voucher).in_force.number == 2

    amend(cluster, told)
    assert Milestone.objects.get().amount == 5000
    approve(partner, told, 3)
    approve(programme, told, 3)
    assert Milestone.objects.get().amount == 4800
    cluster.open(address(told, "changes", 3))
    fits(cluster)
    states = PlanVersion.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [State.RETURNED, State.REPLACED, State.IN_FORCE]


def send(cluster):
    press(cluster, "button[name=go]")
    press(cluster, ".next-step form button")


def return_at_the_line(partner, told):
    partner.open(address(told, "version", 1))
    fits(partner)
    line = partner.page.locator("#part-6 details.plan-remark-field").nth(1)
    line.locator("summary").click()
    line.locator("textarea").fill("لأي سفر؟")
    partner.page.fill("#reason", "يرجى التوضيح")
    press(partner, ".btn-outline-danger[form=return]")
    assert newest(told).number == 2


def mend(cluster, told):
    cluster.open(told.voucher.get_absolute_url()).reads("يرجى التوضيح")
    press(cluster, f".next-step a[href='{address(told)}']")
    says(cluster, "#part-6 [data-line]:nth-child(2) .plan-remark", "لأي سفر؟")
    write(cluster, 6, 1, text="Voyage de l’experte à Saïda")
    is_saved(cluster)
    send(cluster)


def approve(someone, told, number):
    someone.open(address(told, "version", number))
    fits(someone)
    press(someone, f"button[formaction='{address(told, 'approve', number)}']")


def amend(cluster, told):
    """Two hundred euros less for travel; the plan in force holds meanwhile."""
    cluster.open(told.voucher.get_absolute_url())
    press(cluster, f"a[href='{address(told, 'amend')}']")
    cluster.page.check("main [name=kind][value=budget]")
    cluster.fill(reason="Le voyage coûte moins.")
    press(cluster, "form .btn-primary")
    write(cluster, 6, 1, amount="1000,00")
    says(cluster, "[data-plan-total]", "4\u202f800,00")
    is_saved(cluster)
    send(cluster)


def test_a_plan_is_written_without_scripts(visitor):
    told = voucher_story("needs")
    manager, _officer, _coordinator = people_of(told)
    cluster = visitor(manager, javascript=False)
    cluster.open(address(told))
    press(cluster, "form button.btn-primary")
    write(cluster, 4, 0, title="Manuels", days="10")
    press(cluster, "#part-4 [name=add_row]")
    write(cluster, 4, 1, title="Formation", days="2,5")
    press(cluster, ".save-bar button:not([name=go])")
    says(cluster, "[data-plan-days]", "12,5")
    press(cluster, "#part-4 [name=row_down]")
    assert [row["title"] for row in rows(told)[4]] == ["Formation", "Manuels"]
    press(cluster, "button[name=go]")
    says(cluster, ".missing", "")
