import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import guardian.mixins
import members.cpr
import members.models.period
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('members', '0001_initial'), ('members', '0002_board_and_register_file'), ('members', '0003_membership_indexes'), ('members', '0004_mail_rhythm'), ('members', '0005_without_cpr'), ('members', '0006_anonymised'), ('members', '0007_log'), ('members', '0008_search_entry')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='navn')),
                ('kind', models.CharField(choices=[('municipality', 'Kommune'), ('region', 'Region'), ('state', 'Statslig myndighed'), ('supplier', 'Leverandør'), ('secretariat', 'OS2s sekretariat'), ('other', 'Anden organisation')], default='municipality', max_length=20, verbose_name='type')),
                ('search_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), output_field=models.CharField(max_length=400))),
                ('sort_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), models.Value('z'), models.Value('z0')), models.Value('æ'), models.Value('z1')), models.Value('ä'), models.Value('z1')), models.Value('ø'), models.Value('z2')), models.Value('ö'), models.Value('z2')), models.Value('å'), models.Value('z3')), models.Value('é'), models.Value('e')), models.Value('ü'), models.Value('y')), output_field=models.CharField(max_length=800))),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisationer',
                'ordering': ['sort_key'],
                'constraints': [models.UniqueConstraint(fields=('name',), name='organisation_unique_name', violation_error_message='Der findes allerede en organisation med det navn.'), models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'region', 'state', 'supplier', 'secretariat', 'other'])), name='organisation_known_kind', violation_error_message='Vælg en af de kendte organisationstyper.')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(error_messages={'unique': 'Der findes allerede en person med den e-mailadresse.'}, max_length=254, unique=True, validators=[members.cpr.without_cpr], verbose_name='e-mail')),
                ('name', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='navn')),
                ('title', models.CharField(blank=True, max_length=120, validators=[members.cpr.without_cpr], verbose_name='stilling')),
                ('phone', models.CharField(blank=True, max_length=30, validators=[members.cpr.without_cpr], verbose_name='telefon')),
                ('is_active', models.BooleanField(default=True, help_text='Fjern markeringen i stedet for at slette en person.', verbose_name='aktiv')),
                ('is_staff', models.BooleanField(default=False, help_text='For ansatte i OS2s sekretariat.', verbose_name='adgang til administrationen')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='oprettet')),
                ('invited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='inviteret')),
                ('search_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), output_field=models.CharField(max_length=400))),
                ('sort_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), models.Value('z'), models.Value('z0')), models.Value('æ'), models.Value('z1')), models.Value('ä'), models.Value('z1')), models.Value('ø'), models.Value('z2')), models.Value('ö'), models.Value('z2')), models.Value('å'), models.Value('z3')), models.Value('é'), models.Value('e')), models.Value('ü'), models.Value('y')), output_field=models.CharField(max_length=800))),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='members.organisation', verbose_name='organisation')),
                ('mail_rhythm', models.CharField(choices=[('monthly', 'Højst én gang om måneden'), ('weekly', 'Højst én gang om ugen'), ('never', 'Aldrig')], default='monthly', help_text='Du får kun en mail, når noget venter på dig.', max_length=10, verbose_name='mails om det, der venter på dig')),
                ('anonymised_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='anonymiseret')),
                ('anonymised_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people_anonymised', to=settings.AUTH_USER_MODEL, verbose_name='anonymiseret af')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'personer',
                'ordering': ['sort_key', 'email'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_unique_email', violation_error_message='Der findes allerede en person med den e-mailadresse.'), models.CheckConstraint(condition=models.Q(('mail_rhythm__in', ['monthly', 'weekly', 'never'])), name='user_known_mail_rhythm', violation_error_message='Vælg, hvor tit du vil have mails.'), models.CheckConstraint(condition=models.Q(('anonymised_at', None), models.Q(('is_active', False), ('is_staff', False), ('is_superuser', False), ('email__endswith', '@anonym.invalid'), ('organisation', None), ('phone', ''), ('title', '')), _connector='OR'), name='user_anonymised_stays_so', violation_error_message='En anonymiseret person kan ikke få oplysninger eller adgang.')],
            },
            bases=(guardian.mixins.GuardianUserMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, validators=[members.cpr.without_cpr], verbose_name='navn')),
                ('slug', models.SlugField(help_text='Del af projektets webadresse. Ændrer du den, holder gamle links op med at virke.', max_length=90, validators=[members.cpr.without_cpr], verbose_name='adresse')),
                ('kind', models.CharField(choices=[('project', 'Projekt'), ('product', 'Produkt')], default='project', help_text='Et projekt er under udvikling eller test; et produkt er i drift hos mindst ét medlem.', max_length=10, verbose_name='type')),
                ('level', models.CharField(choices=[('sandbox', 'Sandkasse'), ('level_1', 'Niveau 1'), ('level_2', 'Niveau 2'), ('level_3', 'Niveau 3')], default='sandbox', max_length=10, verbose_name='produktniveau')),
                ('summary', models.CharField(blank=True, max_length=300, validators=[members.cpr.without_cpr], verbose_name='kort beskrivelse')),
                ('closed_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='afsluttet')),
                ('search_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), output_field=models.CharField(max_length=400))),
                ('sort_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), models.Value('z'), models.Value('z0')), models.Value('æ'), models.Value('z1')), models.Value('ä'), models.Value('z1')), models.Value('ø'), models.Value('z2')), models.Value('ö'), models.Value('z2')), models.Value('å'), models.Value('z3')), models.Value('é'), models.Value('e')), models.Value('ü'), models.Value('y')), output_field=models.CharField(max_length=800))),
                ('facilitator', models.ForeignKey(blank=True, help_text='Tovholder eller projektleder. Kræves fra Niveau 1.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facilitated_projects', to=settings.AUTH_USER_MODEL, verbose_name='tovholder')),
            ],
            options={
                'verbose_name': 'projekt',
                'verbose_name_plural': 'projekter',
                'ordering': ['sort_key'],
                'constraints': [models.UniqueConstraint(fields=('name',), name='project_unique_name', violation_error_message='Der findes allerede et projekt med det navn.'), models.UniqueConstraint(fields=('slug',), name='project_unique_slug', violation_error_message='Der findes allerede et projekt med den adresse.'), models.CheckConstraint(condition=models.Q(('kind__in', ['project', 'product'])), name='project_known_kind', violation_error_message='Vælg projekt eller produkt.'), models.CheckConstraint(condition=models.Q(('level__in', ['sandbox', 'level_1', 'level_2', 'level_3'])), name='project_known_level', violation_error_message='Vælg et af de fire produktniveauer.')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requirement', models.CharField(choices=[('G3', 'G3: Projektleder eller tovholder er udpeget'), ('G6', 'G6: Styregruppe er nedsat'), ('G7', 'G7: Koordinationsgruppe er nedsat (anbefaling)'), ('G11', 'G11: Bestyrelsen har godkendt styregruppen'), ('G12', 'G12: Bestyrelsen er repræsenteret i styregruppen')], max_length=4, verbose_name='krav')),
                ('text', models.TextField(max_length=2000, validators=[members.cpr.without_cpr], verbose_name='forklaring')),
                ('given_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='dato')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='members.project', verbose_name='projekt')),
            ],
            options={
                'verbose_name': 'forklaring',
                'verbose_name_plural': 'forklaringer',
                'ordering': ['requirement'],
                'constraints': [models.UniqueConstraint(fields=('project', 'requirement'), name='explanation_one_a_requirement', violation_error_message='Kravet har allerede en forklaring. Ret den i stedet.')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='nøgle')),
                ('location', models.CharField(max_length=300, verbose_name='svar')),
                ('handled_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='behandlet')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'indsendelse',
                'verbose_name_plural': 'indsendelser',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='submission_one_a_form', violation_error_message='Formularen er allerede behandlet.')],
            },
        ),
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('steering', 'Styregruppe'), ('coordination', 'Koordinationsgruppe'), ('professional', 'Faggruppe')], max_length=20, verbose_name='type')),
                ('name', models.CharField(blank=True, help_text='Lad feltet stå tomt, så får gruppen navn efter type og projekt.', max_length=160, validators=[members.cpr.without_cpr], verbose_name='navn')),
                ('slug', models.SlugField(blank=True, help_text='Del af gruppens webadresse. Ændrer du den, holder gamle links op med at virke.', max_length=90, validators=[members.cpr.without_cpr], verbose_name='adresse')),
                ('visibility', models.CharField(choices=[('public', 'Offentlig'), ('members', 'Kun for medlemmer')], default='public', max_length=10, verbose_name='synlighed')),
                ('established_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='nedsat')),
                ('first_meeting_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='første møde')),
                ('closed_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='nedlagt')),
                ('search_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), output_field=models.CharField(max_length=400))),
                ('sort_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.F('name')), models.Value('Æ'), models.Value('æ')), models.Value('Ø'), models.Value('ø')), models.Value('Å'), models.Value('å')), models.Value('É'), models.Value('é')), models.Value('Ü'), models.Value('ü')), models.Value('Ö'), models.Value('ö')), models.Value('Ä'), models.Value('ä')), models.Value('aa'), models.Value('å')), models.Value('z'), models.Value('z0')), models.Value('æ'), models.Value('z1')), models.Value('ä'), models.Value('z1')), models.Value('ø'), models.Value('z2')), models.Value('ö'), models.Value('z2')), models.Value('å'), models.Value('z3')), models.Value('é'), models.Value('e')), models.Value('ü'), models.Value('y')), output_field=models.CharField(max_length=800))),
                ('driven_by', models.ForeignKey(blank=True, help_text='En koordinationsgruppe kan være drevet af en kommune eller en leverandør.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='driven_groups', to='members.organisation', verbose_name='drives af')),
                ('parent', models.ForeignKey(blank=True, help_text='Udfyldes kun for en undergruppe til en koordinationsgruppe.', limit_choices_to={'kind': 'coordination', 'parent': None}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subgroups', to='members.workinggroup', verbose_name='overordnet koordinationsgruppe')),
                ('project', models.ForeignKey(blank=True, help_text='Kræves for styregrupper og koordinationsgrupper. En faggruppe kan gå på tværs.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='members.project', verbose_name='projekt')),
                ('board_approved_on', models.DateField(blank=True, help_text='På Niveau 3 skal OS2s bestyrelse have godkendt styregruppen (G11).', null=True, validators=[members.models.period.believable], verbose_name='godkendt af bestyrelsen')),
            ],
            options={
                'verbose_name': 'arbejdsgruppe',
                'verbose_name_plural': 'arbejdsgrupper',
                'ordering': ['sort_key', 'pk'],
                'permissions': [('view_drafts', 'Kan læse kladder i gruppen'), ('edit_charter', 'Kan redigere og vedtage gruppens kommissorium'), ('manage_group', 'Kan ændre gruppen og dens medlemmer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['steering', 'coordination', 'professional'])), name='workinggroup_known_kind', violation_error_message='Vælg styregruppe, koordinationsgruppe eller faggruppe.'), models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'members'])), name='workinggroup_known_visibility', violation_error_message='Vælg, hvem der kan se gruppen.'), models.CheckConstraint(condition=models.Q(('kind', 'professional'), ('project__isnull', False), _connector='OR'), name='workinggroup_project_required', violation_error_message='En styregruppe eller koordinationsgruppe skal høre til et projekt.'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), ('kind', 'coordination'), _connector='OR'), name='workinggroup_parent_only_coordination', violation_error_message='Kun en koordinationsgruppe kan være undergruppe.'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('established_on__isnull', True), ('closed_on__gte', models.F('established_on')), _connector='OR'), name='workinggroup_closed_after_established', violation_error_message='Gruppen kan ikke være nedlagt, før den blev nedsat.'), models.UniqueConstraint(fields=('slug',), name='workinggroup_unique_slug', violation_error_message='Der findes allerede en gruppe med den adresse.'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True), ('kind', 'steering')), fields=('project',), name='workinggroup_one_open_steering', violation_error_message='Projektet har allerede en styregruppe. Nedlæg den først.'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True), ('kind', 'coordination'), ('parent__isnull', True)), fields=('project',), name='workinggroup_one_open_coordination', violation_error_message='Projektet har allerede en koordinationsgruppe. Opret en undergruppe, eller nedlæg den først.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Formand'), ('vice_chair', 'Næstformand'), ('facilitator', 'Tovholder'), ('project_manager', 'Projektleder'), ('product_coordinator', 'Produktkoordinator'), ('product_owner', 'Product Owner'), ('member', 'Medlem'), ('substitute', 'Suppleant'), ('supplier', 'Leverandørrepræsentant'), ('observer', 'Observatør')], default='member', max_length=20, verbose_name='rolle')),
                ('joined_on', models.DateField(default=django.utils.timezone.localdate, validators=[members.models.period.believable], verbose_name='fra')),
                ('left_on', models.DateField(blank=True, null=True, validators=[members.models.period.believable], verbose_name='til')),
                ('handover_note', models.TextField(blank=True, help_text='Hvem overtager opgaverne? (OS2s Code of Conduct: giv dine opgaver videre.)', max_length=1000, validators=[members.cpr.without_cpr], verbose_name='overdragelse')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('organisation', models.ForeignKey(blank=True, help_text='Den organisation, personen repræsenterer i gruppen.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.organisation', verbose_name='organisation')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.workinggroup', verbose_name='gruppe')),
                ('represents_board', models.BooleanField(default=False, help_text='På Niveau 3 skal bestyrelsen være repræsenteret i styregruppen (G12).', verbose_name='repræsenterer OS2s bestyrelse')),
            ],
            options={
                'verbose_name': 'medlemskab',
                'verbose_name_plural': 'medlemskaber',
                'ordering': ['group', 'joined_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('role__in', ['chair', 'vice_chair', 'facilitator', 'project_manager', 'product_coordinator'])), fields=['group', 'left_on', 'joined_on'], name='membership_leading'), models.Index(condition=models.Q(('represents_board', True)), fields=['group'], name='membership_of_the_board')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('group', 'person'), name='membership_one_open_a_person', violation_error_message='Personen er allerede medlem af gruppen.'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='membership_left_after_joined', violation_error_message='Slutdatoen kan ikke ligge før startdatoen.'), models.CheckConstraint(condition=models.Q(('role__in', ['chair', 'vice_chair', 'facilitator', 'project_manager', 'product_coordinator', 'product_owner', 'member', 'substitute', 'supplier', 'observer'])), name='membership_known_role', violation_error_message='Vælg en af de kendte roller.')],
            },
        ),
        migrations.CreateModel(
            name='WorkingGroupGroupGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_grants', to='members.workinggroup')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
            ],
            options={
                'unique_together': {('group', 'permission', 'content_object')},
            },
        ),
        migrations.CreateModel(
            name='WorkingGroupUserGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='user_grants', to='members.workinggroup')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'unique_together': {('user', 'permission', 'content_object')},
            },
        ),
        migrations.CreateModel(
            name='RegisterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, validators=[members.cpr.without_cpr], verbose_name='filnavn')),
                ('read_at', models.DateTimeField(auto_now=True, verbose_name='læst')),
                ('rows', models.JSONField(verbose_name='rækker')),
                ('owner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='register_file', to=settings.AUTH_USER_MODEL, verbose_name='hentet ind af')),
            ],
            options={
                'verbose_name': 'medlemsliste til gennemsyn',
                'verbose_name_plural': 'medlemslister til gennemsyn',
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_pk', models.CharField(db_index=True, max_length=255, verbose_name='object pk')),
                ('object_id', models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name='object id')),
                ('object_repr', models.TextField(verbose_name='object representation')),
                ('serialized_data', models.JSONField(null=True)),
                ('action', models.PositiveSmallIntegerField(choices=[(0, 'create'), (1, 'update'), (2, 'delete'), (3, 'access')], db_index=True, verbose_name='action')),
                ('changes', models.JSONField(null=True, verbose_name='change message')),
                ('cid', models.CharField(blank=True, db_index=True, max_length=255, null=True, verbose_name='Correlation ID')),
                ('remote_addr', models.GenericIPAddressField(blank=True, null=True, verbose_name='remote address')),
                ('timestamp', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='timestamp')),
                ('additional_data', models.JSONField(blank=True, null=True, verbose_name='additional data')),
                ('act', models.CharField(blank=True, max_length=40, verbose_name='handling')),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hvem')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype', verbose_name='content type')),
                ('group', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.workinggroup', verbose_name='gruppe')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('project', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.project', verbose_name='projekt')),
            ],
            options={
                'verbose_name': 'linje i loggen',
                'verbose_name_plural': 'log',
                'ordering': ['-pk'],
                'indexes': [models.Index(models.F('person'), models.OrderBy(models.F('id'), descending=True), name='log_of_a_person'), models.Index(models.F('group'), models.OrderBy(models.F('id'), descending=True), name='log_of_a_group'), models.Index(models.F('project'), models.OrderBy(models.F('id'), descending=True), name='log_of_a_project'), models.Index(models.F('actor'), models.OrderBy(models.F('id'), descending=True), name='log_by_a_person'), models.Index(models.F('act'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('act', ''), _negated=True), name='log_of_an_act')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='slags')),
                ('key', models.BigIntegerField(verbose_name='nøgle')),
                ('words', models.TextField(verbose_name='ord')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='members.workinggroup', verbose_name='gruppe')),
            ],
            options={
                'verbose_name': 'det, der kan søges frem',
                'verbose_name_plural': 'det, der kan søges frem',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='searchentry_unique_thing', violation_error_message='Det kan allerede søges frem.')],
            },
        ),
    ]
