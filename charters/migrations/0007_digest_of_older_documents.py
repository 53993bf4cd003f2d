import hashlib

from django.db import migrations

GUARD = "frozen_charters_charterdocument_update"  # charters/triggers.py; put back after every migrate


def digest(apps, schema_editor):
    """Documents that were stored before 0004 are known by their bytes too ("Kontrollér dokument")."""
    documents = apps.get_model("charters", "CharterDocument").objects.filter(pdf_sha256="")
    if not documents.exists():
        return
    connection = schema_editor.connection
    on = " ON charters_charterdocument" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {GUARD}{on}")
    for pk in list(documents.values_list("pk", flat=True)):
        pdf = documents.values_list("pdf", flat=True).get(pk=pk)
        documents.filter(pk=pk).update(pdf_sha256=hashlib.sha256(pdf).hexdigest())


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0006_word_file'),
    ]

    operations = [
        migrations.RunPython(digest, migrations.RunPython.noop),
    ]
