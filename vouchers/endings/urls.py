"""Addresses of extensions, suspensions and early ends; `pk` under vouchers/ is the voucher's."""

from django.urls import path

from .amendments.views import reading, signing
from .views import ending, extending, suspending

app_name = "endings"
urlpatterns = [
    path("vouchers/<int:pk>/extend/", extending.ask, name="extend"),
    path("extensions/<int:pk>/", extending.extension, name="extension"),
    path("extensions/<int:pk>/grant/", extending.grant, name="grant"),
    path("extensions/<int:pk>/refuse/", extending.refuse, name="refuse_extension"),
    path("extensions/<int:pk>/withdraw/", extending.withdraw, name="withdraw_extension"),
    path("vouchers/<int:pk>/suspend/", suspending.suspend, name="suspend"),
    path("vouchers/<int:pk>/resume/", suspending.resume, name="resume"),
    path("vouchers/<int:pk>/representative/", suspending.representative, name="representative"),
    path("vouchers/<int:pk>/end/", ending.end, name="end"),
    path("vouchers/<int:pk>/lapse/", ending.lapse, name="lapse"),
    path("vouchers/<int:pk>/amend/", reading.amend, name="amend"),
    path("amendments/<int:pk>/", reading.amendment, name="amendment"),
    path("amendments/<int:pk>/draft.pdf", reading.draft, name="amendment_draft"),
    path("amendments/<int:pk>/sign/", signing.sign, name="sign_amendment"),
    path("amendments/<int:pk>/countersign/", signing.countersign, name="countersign_amendment"),
    path("amendments/<int:pk>/refuse/", reading.refuse, name="refuse_amendment"),
    path("amendments/<int:pk>/withdraw/", reading.withdraw, name="withdraw_amendment"),
    path("<int:pk>/", ending.ending, name="ending"),
    path("<int:pk>/decide/", ending.decide, name="decide"),
    path("<int:pk>/refuse/", ending.refuse, name="refuse"),
    path("<int:pk>/revoke/", ending.revoke, name="revoke"),
]
