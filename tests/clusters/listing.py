"""Lists of members as tests make and upload them."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import MemberImport

HEAD = "Name,Kind,Size,Town,Year of joining,Year of leaving"


def page(cluster, name="members", *more):
    return reverse(f"clusters:{name}", args=[cluster.slug, *more])


def csv_file(text, encoding="utf-8", name="members.csv"):
    return SimpleUploadedFile(name, text.encode(encoding), content_type="text/csv")


def xlsx_file(*rows, far=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if far:
        book.active[far] = "x"
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("members.xlsx", file.getvalue())


def upload(client, cluster, file):
    return client.post(page(cluster, "upload_list"), {"file": file})


def preview(client, cluster, file):
    answer = upload(client, cluster, file)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer.url)


def problem_of(client, cluster, file):
    """The sentence beside the file that was refused."""
    answer = upload(client, cluster, file)
    assert answer.status_code == 200
    assert not MemberImport.objects.exists()
    return " ".join(
        str(error) for errors in answer.context["form"].errors.values() for error in errors
    )


def rows(answer):
    return {row.number: row for row in answer.context["page"]}
