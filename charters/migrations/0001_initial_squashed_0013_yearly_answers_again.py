import charters.models.calendar_address
import charters.text
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import members.cpr
import members.models.period
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('charters', '0001_initial'), ('charters', '0002_writing_together'), ('charters', '0003_given_up'), ('charters', '0004_document_digest'), ('charters', '0005_take_in'), ('charters', '0006_word_file'), ('charters', '0007_digest_of_older_documents'), ('charters', '0008_bundle'), ('charters', '0009_kept_words'), ('charters', '0010_obligations_followed'), ('charters', '0011_reminders_and_yearly_check'), ('charters', '0012_without_cpr'), ('charters', '0013_yearly_answers_again')]

    initial = True

    dependencies = [
        ('members', '0001_initial_squashed_0008_search_entry'),
    ]

    operations = [
        migrations.CreateModel(
            name='CharterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='revision')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='oprettet')),
                ('kind', models.CharField(choices=[('steering', 'Styregruppe'), ('coordination', 'Koordinationsgruppe'), ('professional', 'Faggruppe')], max_length=20, verbose_name='gruppetype')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'Kladde'), ('published', 'Gældende'), ('retired', 'Udgået')], default='draft', max_length=10, verbose_name='tilstand')),
                ('introduction', models.TextField(blank=True, validators=[charters.text.without_cpr], verbose_name='indledning')),
                ('note', models.CharField(blank=True, help_text='En sætning til grupperne.', max_length=500, validators=[members.cpr.without_cpr], verbose_name='hvad er ændret?')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='udgivet')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_templates', to=settings.AUTH_USER_MODEL, verbose_name='udgivet af')),
            ],
            options={
                'verbose_name': 'standardtekst',
                'verbose_name_plural': 'standardtekster',
                'ordering': ['kind', '-version'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='chartertemplate_unique_version', violation_error_message='Standardteksten har allerede en version med det nummer.'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('kind',), name='chartertemplate_one_published', violation_error_message='Gruppetypen har allerede en gældende standardtekst.'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('kind',), name='chartertemplate_one_draft', violation_error_message='Der er allerede en kladde til en ny version.'), models.CheckConstraint(condition=models.Q(('kind__in', ['steering', 'coordination', 'professional'])), name='chartertemplate_known_kind', violation_error_message='Vælg styregruppe, koordinationsgruppe eller faggruppe.'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='chartertemplate_known_state', violation_error_message='Standardtekstens tilstand kendes ikke.')],
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='revision')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='oprettet')),
                ('number', models.PositiveIntegerField(verbose_name='udgave')),
                ('state', models.CharField(choices=[('draft', 'Udkast'), ('adopted', 'Vedtaget'), ('superseded', 'Erstattet'), ('retired', 'Ophørt')], default='draft', max_length=12, verbose_name='tilstand')),
                ('group_name', models.CharField(max_length=160, validators=[members.cpr.without_cpr], verbose_name='gruppens navn')),
                ('project_name', models.CharField(blank=True, max_length=160, validators=[members.cpr.without_cpr], verbose_name='projektets navn')),
                ('level', models.CharField(blank=True, choices=[('sandbox', 'Sandkasse'), ('level_1', 'Niveau 1'), ('level_2', 'Niveau 2'), ('level_3', 'Niveau 3')], max_length=10, verbose_name='produktniveau')),
                ('dated_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='dato')),
                ('reason', models.CharField(blank=True, help_text='Hvorfor kommer der en ny udgave?', max_length=500, validators=[members.cpr.without_cpr], verbose_name='begrundelse')),
                ('adopted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='vedtaget (tidspunkt)')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64, verbose_name='fingeraftryk')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='næste gennemgang')),
                ('superseded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='erstattet')),
                ('retired_on', models.DateField(blank=True, editable=False, null=True, verbose_name='ophørt')),
                ('adopted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charters_adopted', to=settings.AUTH_USER_MODEL, verbose_name='vedtaget af')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charters_started', to=settings.AUTH_USER_MODEL, verbose_name='oprettet af')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charters', to='members.workinggroup', verbose_name='gruppe')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charters', to='charters.chartertemplate', verbose_name='standardtekst')),
                ('given_up_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opgivet')),
                ('given_up_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charters_given_up', to=settings.AUTH_USER_MODEL, verbose_name='opgivet af')),
            ],
            options={
                'verbose_name': 'kommissorium',
                'verbose_name_plural': 'kommissorier',
                'ordering': ['group', '-number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'adopted')), fields=('group',), name='charter_one_adopted', violation_error_message='Gruppen har allerede et vedtaget kommissorium.'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'adopted', 'superseded', 'retired'])), name='charter_known_state', violation_error_message='Kommissoriets tilstand kendes ikke.'), models.CheckConstraint(condition=models.Q(('level__in', ['', 'sandbox', 'level_1', 'level_2', 'level_3'])), name='charter_known_level', violation_error_message='Vælg et af de fire produktniveauer.'), models.CheckConstraint(condition=models.Q(models.Q(('retired_on', None), ('state__in', ['draft', 'adopted']), ('superseded_on', None)), models.Q(('retired_on', None), ('state', 'superseded'), ('superseded_on__isnull', False)), models.Q(('retired_on__isnull', False), ('state', 'retired'), ('superseded_on', None)), _connector='OR'), name='charter_ended_on_a_day', violation_error_message='Et kommissorium er erstattet eller ophørt på en bestemt dag.'), models.UniqueConstraint(condition=models.Q(('given_up_at', None)), fields=('group', 'number'), name='charter_unique_number', violation_error_message='Gruppen har allerede en udgave med det nummer.'), models.UniqueConstraint(condition=models.Q(('given_up_at', None), ('state', 'draft')), fields=('group',), name='charter_one_draft', violation_error_message='Gruppen har allerede et udkast.'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_at__isnull', True), ('fingerprint', ''), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('given_up_at', None), models.Q(('fingerprint', ''), _negated=True), ('adopted_at__isnull', False), ('adopted_by__isnull', False), ('dated_on__isnull', False)), _connector='OR'), name='charter_adopted_whole', violation_error_message='Et vedtaget kommissorium skal have dato og fingeraftryk.')],
            },
        ),
        migrations.CreateModel(
            name='CharterDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField(verbose_name='indhold (kanonisk JSON)')),
                ('pdf', models.BinaryField(verbose_name='PDF')),
                ('charter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document', to='charters.charter', verbose_name='kommissorium')),
                ('pdf_sha256', models.CharField(db_index=True, default='', editable=False, max_length=64, verbose_name="PDF'ens SHA-256")),
            ],
            options={
                'verbose_name': 'vedtaget dokument',
                'verbose_name_plural': 'vedtagne dokumenter',
            },
        ),
        migrations.CreateModel(
            name='CharterMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='rækkefølge')),
                ('name', models.CharField(blank=True, max_length=200, validators=[members.cpr.without_cpr], verbose_name='navn')),
                ('salt', models.CharField(blank=True, max_length=64, verbose_name='salt')),
                ('role', models.CharField(choices=[('chair', 'Formand'), ('vice_chair', 'Næstformand'), ('facilitator', 'Tovholder'), ('project_manager', 'Projektleder'), ('product_coordinator', 'Produktkoordinator'), ('product_owner', 'Product Owner'), ('member', 'Medlem'), ('substitute', 'Suppleant'), ('supplier', 'Leverandørrepræsentant'), ('observer', 'Observatør')], max_length=20, verbose_name='rolle')),
                ('organisation', models.CharField(blank=True, max_length=200, validators=[members.cpr.without_cpr], verbose_name='organisation')),
                ('approved_on', models.DateField(blank=True, help_text='Godkendelsen, som den stod ved vedtagelsen. Senere godkendelser står for sig selv.', null=True, verbose_name='godkendt på mødet')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='charters.charter', verbose_name='kommissorium')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charter_memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'medlem ved vedtagelsen',
                'verbose_name_plural': 'medlemmer ved vedtagelsen',
                'ordering': ['charter', 'position'],
                'constraints': [models.UniqueConstraint(fields=('charter', 'position'), name='chartermember_unique_position', violation_error_message='Pladsen i medlemslisten er optaget.'), models.UniqueConstraint(fields=('charter', 'person'), name='chartermember_unique_person', violation_error_message='Personen står allerede i kommissoriet.')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='dato')),
                ('manner', models.CharField(choices=[('meeting', 'på mødet'), ('written', 'skriftligt')], default='written', max_length=10, verbose_name='måde')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='registreret')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals_recorded', to=settings.AUTH_USER_MODEL, verbose_name='registreret af')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='charters.chartermember', verbose_name='medlem')),
            ],
            options={
                'verbose_name': 'godkendelse',
                'verbose_name_plural': 'godkendelser',
                'ordering': ['member'],
                'constraints': [models.CheckConstraint(condition=models.Q(('manner__in', ['meeting', 'written'])), name='approval_known_manner', violation_error_message='Vælg, om godkendelsen er givet på mødet eller skriftligt.')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(choices=[('development', 'Forpligtelser i forhold til udvikling'), ('economic', 'Økonomiske forpligtelser')], max_length=20, verbose_name='område')),
                ('wording', models.TextField(validators=[members.cpr.without_cpr], verbose_name='ordlyd')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='rækkefølge')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='members.workinggroup', verbose_name='gruppe')),
                ('introduced_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations_introduced', to='charters.charter', verbose_name='indført i')),
                ('retired_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations_retired', to='charters.charter', verbose_name='udgået i')),
                ('every', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Hver måned'), (3, 'Hvert kvartal'), (6, 'Hvert halve år'), (12, 'Hvert år')], help_text='En fast opfølgning kommer igen af sig selv, når der er fulgt op.', null=True, verbose_name='gentages')),
                ('next_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='næste opfølgning')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
            ],
            options={
                'verbose_name': 'forpligtelse',
                'verbose_name_plural': 'forpligtelser',
                'ordering': ['group', 'area', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('area__in', ['development', 'economic'])), name='obligation_known_area', violation_error_message='Vælg forpligtelsens område.'), models.CheckConstraint(condition=models.Q(('every', None), ('every__in', [1, 3, 6, 12]), _connector='OR'), name='obligation_known_rhythm', violation_error_message='Vælg, hvor tit der skal følges op.')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('not_begun', 'Ikke begyndt'), ('under_way', 'I gang'), ('met', 'Opfyldt'), ('deviates', 'Afviger')], max_length=12, verbose_name='status')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[members.cpr.without_cpr], verbose_name='bemærkning')),
                ('made_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='dato')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='charters.obligation', verbose_name='forpligtelse')),
            ],
            options={
                'verbose_name': 'opfølgning',
                'verbose_name_plural': 'opfølgninger',
                'ordering': ['obligation', '-made_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['not_begun', 'under_way', 'met', 'deviates'])), name='followup_known_status', violation_error_message='Vælg en status.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'deviates'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='followup_deviation_explained', violation_error_message='Når I afviger, skal I forklare hvorfor (følg-eller-forklar).')],
            },
        ),
        migrations.CreateModel(
            name='TemplateSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=60, verbose_name='nøgle')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='rækkefølge')),
                ('heading', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='overskrift')),
                ('body', models.TextField(blank=True, validators=[charters.text.without_cpr], verbose_name='tekst')),
                ('topic', models.CharField(blank=True, choices=[('purpose', 'Hvad er gruppen til for?'), ('decides', 'Hvad afgør gruppen?'), ('asks', 'Hvad skal gruppen spørge andre om?'), ('does', 'Hvad skal gruppen gøre?')], help_text='Det spørgsmål, som afsnittet besvarer for gruppens medlemmer.', max_length=20, verbose_name='emne på »Mit mandat«')),
                ('area', models.CharField(blank=True, choices=[('development', 'Forpligtelser i forhold til udvikling'), ('economic', 'Økonomiske forpligtelser')], help_text='Vælg en type, hvis afsnittets punkter er forpligtelser, som gruppen skal følge op på.', max_length=20, verbose_name='forpligtelser')),
                ('must_be_filled', models.BooleanField(default=False, help_text='Gruppen skal selv skrive afsnittet, før kommissoriet er udfyldt.', verbose_name='skal udfyldes')),
                ('prompt', models.CharField(blank=True, help_text='Vises, indtil afsnittet er udfyldt.', max_length=300, validators=[members.cpr.without_cpr], verbose_name='vejledning')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='revision')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taget ud')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='charters.chartertemplate', verbose_name='standardtekst')),
            ],
            options={
                'verbose_name': 'afsnit i standardtekst',
                'verbose_name_plural': 'afsnit i standardtekster',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=60, verbose_name='nøgle')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='rækkefølge')),
                ('heading', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='overskrift')),
                ('body', models.TextField(blank=True, validators=[charters.text.without_cpr], verbose_name='tekst')),
                ('topic', models.CharField(blank=True, choices=[('purpose', 'Hvad er gruppen til for?'), ('decides', 'Hvad afgør gruppen?'), ('asks', 'Hvad skal gruppen spørge andre om?'), ('does', 'Hvad skal gruppen gøre?')], help_text='Det spørgsmål, som afsnittet besvarer for gruppens medlemmer.', max_length=20, verbose_name='emne på »Mit mandat«')),
                ('area', models.CharField(blank=True, choices=[('development', 'Forpligtelser i forhold til udvikling'), ('economic', 'Økonomiske forpligtelser')], help_text='Vælg en type, hvis afsnittets punkter er forpligtelser, som gruppen skal følge op på.', max_length=20, verbose_name='forpligtelser')),
                ('must_be_filled', models.BooleanField(default=False, help_text='Gruppen skal selv skrive afsnittet, før kommissoriet er udfyldt.', verbose_name='skal udfyldes')),
                ('prompt', models.CharField(blank=True, help_text='Vises, indtil afsnittet er udfyldt.', max_length=300, validators=[members.cpr.without_cpr], verbose_name='vejledning')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='revision')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taget ud')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='charters.charter', verbose_name='kommissorium')),
                ('source', models.ForeignKey(blank=True, help_text='Tomt for et afsnit, som gruppen selv har tilføjet.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies_made', to='charters.templatesection', verbose_name='standardtekstens afsnit')),
                ('is_contested', models.BooleanField(default=False, editable=False, verbose_name='har en tekst, der ikke er med')),
                ('has_offer', models.BooleanField(default=False, editable=False, verbose_name='har en ordlyd fra OS2 at vælge')),
            ],
            options={
                'verbose_name': 'afsnit',
                'verbose_name_plural': 'afsnit',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SectionRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('heading', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='overskrift')),
                ('body', models.TextField(blank=True, validators=[charters.text.without_cpr], verbose_name='tekst')),
                ('saved_at', models.DateTimeField(auto_now_add=True, verbose_name='gemt')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='section_revisions', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='charters.section', verbose_name='afsnit')),
                ('act', models.CharField(blank=True, choices=[('taken_out', 'taget ud'), ('put_back', 'sat ind igen'), ('restored', 'gendannet'), ('standard', 'sat tilbage til standardteksten'), ('taken_in', 'taget ind fra OS2s nye standardtekst'), ('kept', 'jeres ordlyd valgt frem for OS2s')], max_length=12, verbose_name='handling')),
                ('aside', models.CharField(blank=True, choices=[('merged', 'flettet ind i en andens tekst'), ('conflict', 'skrevet samtidig med en anden'), ('settled', 'skrevet samtidig med en anden, og siden valgt til eller fra'), ('offered', 'OS2s nye ordlyd')], max_length=10, verbose_name='ved siden af')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, verbose_name='nøgle')),
            ],
            options={
                'verbose_name': 'revision af afsnit',
                'verbose_name_plural': 'revisioner af afsnit',
                'ordering': ['section', '-number'],
                'constraints': [models.UniqueConstraint(fields=('section', 'number'), name='sectionrevision_unique_number', violation_error_message='Afsnittet har allerede en revision med det nummer.'), models.UniqueConstraint(fields=('section', 'author', 'key'), name='sectionrevision_unique_key', violation_error_message='Teksten er allerede gemt.')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticked_at', models.DateTimeField(auto_now_add=True, verbose_name='sat')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='charters.charter', verbose_name='kommissorium')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances_ticked', to=settings.AUTH_USER_MODEL, verbose_name='sat af')),
            ],
            options={
                'verbose_name': 'fremmøde',
                'verbose_name_plural': 'fremmøder',
                'ordering': ['charter', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('charter', 'person'), name='attendance_once', violation_error_message='Personen er allerede sat som til stede.')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('window', models.CharField(max_length=36, verbose_name='vindue')),
                ('is_hidden', models.BooleanField(default=False, verbose_name='vinduet er ude af syne')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='charters.charter', verbose_name='kommissorium')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='presences', to='charters.section', verbose_name='afsnit')),
            ],
            options={
                'verbose_name': 'tilstedeværelse',
                'verbose_name_plural': 'tilstedeværelser',
                'ordering': ['charter', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('charter', 'person', 'window'), name='presence_one_a_window', violation_error_message='Vinduet er allerede talt med.')],
            },
        ),
        migrations.CreateModel(
            name='WordFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='filnavn')),
                ('read_at', models.DateTimeField(auto_now=True, verbose_name='læst')),
                ('content', models.JSONField(verbose_name='indhold')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='word_files', to='charters.charter', verbose_name='kommissorium')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='word_files', to=settings.AUTH_USER_MODEL, verbose_name='hentet ind af')),
            ],
            options={
                'verbose_name': 'Word-fil til gennemsyn',
                'verbose_name_plural': 'Word-filer til gennemsyn',
                'constraints': [models.UniqueConstraint(fields=('charter', 'owner'), name='wordfile_one_each', violation_error_message='Der er allerede en fil til gennemsyn.')],
            },
        ),
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('steering', 'Styregruppe'), ('coordination', 'Koordinationsgruppe'), ('professional', 'Faggruppe')], max_length=20, verbose_name='type')),
                ('level', models.CharField(blank=True, choices=[('sandbox', 'Sandkasse'), ('level_1', 'Niveau 1'), ('level_2', 'Niveau 2'), ('level_3', 'Niveau 3')], max_length=10, verbose_name='niveau')),
                ('state', models.CharField(choices=[('waiting', 'Venter'), ('running', 'Samles'), ('done', 'Klar'), ('failed', 'Mislykkedes')], default='waiting', max_length=10, verbose_name='tilstand')),
                ('total', models.PositiveIntegerField(verbose_name='antal')),
                ('overview', models.TextField(blank=True, verbose_name='oversigt (CSV)')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='fejl')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, verbose_name='bestilt')),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sat i kø')),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='færdig')),
                ('run', models.UUIDField(blank=True, editable=False, null=True, verbose_name='kørsel')),
                ('alive_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='livstegn')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bundles', to=settings.AUTH_USER_MODEL, verbose_name='bestilt af')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bundles', to='members.project', verbose_name='projekt')),
            ],
            options={
                'verbose_name': 'samling',
                'verbose_name_plural': 'samlinger',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='bundle_known_state', violation_error_message='Samlingens tilstand kendes ikke.'), models.UniqueConstraint(models.F('owner'), models.F('kind'), models.F('level'), django.db.models.functions.comparison.Coalesce('project_id', 0), condition=models.Q(('state__in', ['waiting', 'running'])), name='bundle_one_alike_under_way', violation_error_message='Du har allerede bestilt den samling.')],
            },
        ),
        migrations.CreateModel(
            name='BundleEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='rækkefølge')),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='størrelse')),
                ('crc32', models.BigIntegerField(blank=True, null=True, verbose_name='kontrolsum')),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='charters.bundle', verbose_name='samling')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundle_entries', to='charters.charter', verbose_name='kommissorium')),
            ],
            options={
                'verbose_name': 'fil i samling',
                'verbose_name_plural': 'filer i samling',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('bundle', 'charter'), name='bundleentry_once_each', violation_error_message='Kommissoriet er allerede med i samlingen.'), models.UniqueConstraint(fields=('bundle', 'name'), name='bundleentry_unique_name', violation_error_message='Samlingen har allerede en fil med det navn.'), models.UniqueConstraint(fields=('bundle', 'position'), name='bundleentry_unique_position', violation_error_message='Pladsen i samlingen er optaget.'), models.CheckConstraint(condition=models.Q(models.Q(('crc32', None), ('size', None)), models.Q(('crc32__isnull', False), ('size__isnull', False)), _connector='OR'), name='bundleentry_read_whole', violation_error_message='En læst fil har både størrelse og kontrolsum.')],
            },
        ),
        migrations.CreateModel(
            name='CalendarAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=charters.models.calendar_address._new_token, editable=False, max_length=60, unique=True, verbose_name='nøgle')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='oprettet')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_addresses', to='members.workinggroup', verbose_name='gruppe')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_addresses', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'kalenderadresse',
                'verbose_name_plural': 'kalenderadresser',
                'constraints': [models.UniqueConstraint(fields=('owner', 'group'), name='calendaraddress_one_a_group', violation_error_message='Gruppen har allerede en kalenderadresse.'), models.UniqueConstraint(condition=models.Q(('group', None)), fields=('owner',), name='calendaraddress_one_for_all', violation_error_message='Der er allerede en kalenderadresse.')],
            },
        ),
        migrations.CreateModel(
            name='PointChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.TextField(validators=[members.cpr.without_cpr], verbose_name='ordlyd')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('marking', models.CharField(blank=True, choices=[('', 'Som afsnittet'), ('none', 'Ingen forpligtelse'), ('development', 'Forpligtelser i forhold til udvikling'), ('economic', 'Økonomiske forpligtelser')], default='', max_length=20, verbose_name='forpligtelse')),
                ('is_new', models.BooleanField(default=False, verbose_name='ny forpligtelse')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='point_choices', to='charters.obligation', verbose_name='viderefører')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='point_choices', to='charters.section', verbose_name='afsnit')),
            ],
            options={
                'verbose_name': 'valg for et punkt',
                'verbose_name_plural': 'valg for punkter',
                'constraints': [models.UniqueConstraint(fields=('section', 'digest'), name='pointchoice_one_a_point', violation_error_message='Punktet har allerede et valg.'), models.CheckConstraint(condition=models.Q(('is_new', False), ('continues', None), _connector='OR'), name='pointchoice_new_or_continued', violation_error_message='En forpligtelse er enten ny eller videreført.'), models.CheckConstraint(condition=models.Q(('marking__in', ['', 'none', 'development', 'economic'])), name='pointchoice_known_marking', violation_error_message='Vælg, om punktet er en forpligtelse.')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.TextField(validators=[members.cpr.without_cpr], verbose_name='ordlyd')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='charters.charter', verbose_name='udgave')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='charters.obligation', verbose_name='forpligtelse')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='charters.section', verbose_name='afsnit')),
            ],
            options={
                'verbose_name': 'ordlyd i en udgave',
                'verbose_name_plural': 'ordlyde i udgaverne',
                'ordering': ['obligation', 'charter__number'],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'charter'), name='statement_one_an_edition', violation_error_message='Udgaven nævner allerede forpligtelsen.')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField(verbose_name='periodens første dag')),
                ('state', models.CharField(choices=[('claimed', 'Sendes'), ('sent', 'Sendt'), ('failed', 'Mislykkedes')], default='claimed', max_length=10, verbose_name='tilstand')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='fejl')),
                ('run', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kørsel')),
                ('claimed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='taget')),
                ('was_taken_up', models.BooleanField(default=False, editable=False, verbose_name='taget op igen')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'påmindelse',
                'verbose_name_plural': 'påmindelser',
                'ordering': ['-period_start', 'person'],
                'constraints': [models.UniqueConstraint(fields=('person', 'period_start'), name='reminder_one_a_period', violation_error_message='Personen har allerede en påmindelse i perioden.'), models.CheckConstraint(condition=models.Q(('state__in', ['claimed', 'sent', 'failed'])), name='reminder_known_state', violation_error_message='Påmindelsens tilstand kendes ikke.')],
            },
        ),
        migrations.CreateModel(
            name='YearlyCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('members_right', models.BooleanField(verbose_name='Er medlemmerne rigtige?')),
                ('obligations_right', models.BooleanField(verbose_name='Er forpligtelserne rigtige?')),
                ('charter_right', models.BooleanField(verbose_name='Gælder kommissoriet stadig?')),
                ('made_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='dato')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='yearly_checks', to='members.workinggroup', verbose_name='gruppe')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='yearly_checks', to=settings.AUTH_USER_MODEL, verbose_name='svaret af')),
            ],
            options={
                'verbose_name': 'årligt tjek',
                'verbose_name_plural': 'årlige tjek',
                'ordering': ['group', '-made_on', '-pk'],
            },
        ),
    ]
