"""Which column of somebody's table means what: names as ministries, Giga and OFDS write them, in six languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_NAMES: dict[str, str] = {
    "id": "id code school_id giga_id_school giga_id external_id school_id_govt school_code uic identifiant codigo "
          "código رقم المعرف код идентификатор 编号 学校代码",
    "name": "name school_name school nom nom_etablissement etablissement établissement nombre nombre_escuela escuela "
            "اسم اسم_المدرسة المدرسة название школа наименование 名称 学校 学校名称",
    "lat": "lat latitude y latitud خط_العرض широта 纬度",
    "lon": "lon lng long longitude x longitud خط_الطول долгота 经度",
    "pupils": "pupils students num_students n_students enrolment enrollment eleves élèves effectif alumnos estudiantes "
              "matricula matrícula عدد_التلاميذ التلاميذ الطلاب учащиеся ученики 学生 学生数 学生人数",
    "girls": "girls num_students_girls female_students filles niñas alumnas البنات الفتيات девочки 女生 女生数",
    "boys": "boys num_students_boys male_students garcons garçons niños alumnos_varones البنين الفتيان мальчики 男生 "
            "男生数",
    "mbit": "mbit mbps download_mbps connectivity_speed_mbps speed_mbps debit débit velocidad السرعة скорость 速度 "
            "网速",
    "bits": "connectivity_speed",
    "available": "available connectivity connected internet has_internet connecte connecté conectada متصل إنترنت "
                 "подключена интернет 联网",
    "stable": "stable stability estable مستقر стабильно 稳定",
    "powered": "powered electricity electricity_availability power electricite électricité electricidad الكهرباء "
               "электричество 电力 供电",
    "devices": "devices computer_availability computer_lab device_availability ordinateurs ordenadores computadoras "
               "أجهزة حواسيب компьютеры 电脑 设备",
    "coverage": "coverage coverage_type cellular_coverage network_coverage couverture cobertura التغطية покрытие 覆盖",
    "cell_m": "cell_m nearest_lte_distance nearest_4g_m distance_lte",
}


def plain(name: str) -> str:
    """Return a heading without case, accents, and with one underscore between words.

    >>> plain(" Nombre d’élèves ")
    'nombre_d_eleves'
    """
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    letters = "".join(one for one in letters if not unicodedata.combining(one))
    return re.sub(r"\W+", "_", letters).strip("_")


_MEANS: dict[str, str] = {plain(word): field for field, words in _NAMES.items() for word in words.split()}
FIELDS = tuple(_NAMES)


def match_columns(headings: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return {field: heading} for the headings that are understood; `given` (field → heading) goes before.

    A field that two headings could mean goes to the first.

    >>> match_columns(["Code", "Nom", "Latitude", "Longitude", "Élèves"])["pupils"]
    'Élèves'
    """
    found = dict(given or {})
    taken = set(found.values())
    for heading in headings:
        field = _MEANS.get(plain(heading))
        if field and field not in found and heading not in taken:
            found[field] = heading
            taken.add(heading)
    return found
