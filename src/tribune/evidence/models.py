"""Lists that a city brought, and the schools and fibre nodes in them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.models import City, User

from .choices import ListKind, ListState


class FigureList(models.Model):
    """A file of schools, nodes or prices as it came, what its columns were taken for, and what was found in it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="figure_lists")
    kind = models.CharField(max_length=7, choices=ListKind.choices)
    state = models.CharField(max_length=8, choices=ListState.choices, default=ListState.PREVIEW)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # The file itself, compressed.
    content = models.BinaryField()
    # Where it comes from, as the city says.
    source = models.CharField(_("source"), max_length=300)
    as_of = models.DateField(_("as of"))
    # field → heading; only what the headings do not say by themselves, or what a person chose otherwise.
    columns = models.JSONField(default=dict)
    n = models.PositiveIntegerField(default=0)
    # [[line, code, words, left out]], the first of them; counts by code are whole.
    findings = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    brought_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "kind", "state"])]


class School(models.Model):
    """A school of a city's list in use. What is not known is null; it is never counted as no."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="schools")
    ident = models.CharField(max_length=210)
    name = models.CharField(max_length=300, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    pupils = models.FloatField(null=True)
    girls = models.FloatField(null=True)
    boys = models.FloatField(null=True)
    mbit = models.FloatField(null=True)
    available = models.BooleanField(null=True)
    stable = models.BooleanField(null=True)
    powered = models.BooleanField(null=True)
    devices = models.BooleanField(null=True)
    coverage = models.CharField(max_length=2, blank=True)
    cell_m = models.FloatField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["city", "ident"], name="one_school_an_id")]


class FibreNode(models.Model):
    """A place where a school of the city may be joined to fibre."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="fibre_nodes")
    ident = models.CharField(max_length=210)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        ordering = ["pk"]


class SchoolRule(models.Model):
    """A city's own measure of a meaningful connection, where it has one."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="school_rule")
    mbit = models.FloatField(_("Mbit/s for any school"), validators=[MinValueValidator(0.1)])
    mbit_per_pupil = models.FloatField(_("Mbit/s a pupil"), validators=[MinValueValidator(0.0)])
    reason = models.CharField(_("why, and who decided it"), max_length=300)
    set_at = models.DateTimeField()
