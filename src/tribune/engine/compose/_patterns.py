"""Patterns of sentences in six languages, by what the counts bear.

Each pattern ends in `{what}`, the words of the ask as they stand: nothing is inflected, so that a pattern is
right whatever follows. Own wording; the state of review by speakers is that of the catalogues.
"""

from __future__ import annotations

# What counts bear → how it is said of local and regional governments. {n} said so, {m} took part.
OPENINGS: dict[str, dict[str, str]] = {
    "en": {"only": "The one local or regional government that took part asks: {what}",
           "all": "All {m} local and regional governments that took part ask: {what}",
           "most": "Most local and regional governments that took part ({n} of {m}) ask: {what}",
           "number": "{n} of {m} local and regional governments that took part ask: {what}",
           "one": "One of {m} local and regional governments that took part asks: {what}"},
    "fr": {"only": "La seule collectivité participante demande : {what}",
           "all": "L’ensemble des collectivités participantes ({n} sur {m}) demande : {what}",
           "most": "La plupart des collectivités participantes ({n} sur {m}) demandent : {what}",
           "number": "{n} collectivités participantes sur {m} demandent : {what}",
           "one": "Une collectivité participante sur {m} demande : {what}"},
    "es": {"only": "El único gobierno local o regional participante pide: {what}",
           "all": "Todos los gobiernos locales y regionales participantes ({n} de {m}) piden: {what}",
           "most": "La mayoría de los gobiernos locales y regionales participantes ({n} de {m}) pide: {what}",
           "number": "{n} de {m} gobiernos locales y regionales participantes piden: {what}",
           "one": "Uno de {m} gobiernos locales y regionales participantes pide: {what}"},
    "ru": {"only": "Единственный участвовавший местный или региональный орган власти просит: {what}",
           "all": "Все участвовавшие местные и региональные органы власти ({n} из {m}) просят: {what}",
           "most": "Большинство участвовавших местных и региональных органов власти ({n} из {m}) просит: {what}",
           "number": "Просят {n} из {m} участвовавших местных и региональных органов власти: {what}",
           "one": "Просит 1 из {m} участвовавших местных и региональных органов власти: {what}"},
    "ar": {"only": "تطلب الحكومة المحلية أو الإقليمية المشاركة الوحيدة: {what}",
           "all": "تطلب جميع الحكومات المحلية والإقليمية المشاركة ({n} من {m}): {what}",
           "most": "تطلب معظم الحكومات المحلية والإقليمية المشاركة ({n} من {m}): {what}",
           "number": "تطلب {n} من {m} من الحكومات المحلية والإقليمية المشاركة: {what}",
           "one": "تطلب حكومة واحدة من {m} من الحكومات المحلية والإقليمية المشاركة: {what}"},
    "zh": {"only": "唯一参与的地方或区域政府要求：{what}",
           "all": "所有参与的地方和区域政府（{m} 个中的 {n} 个）要求：{what}",
           "most": "大多数参与的地方和区域政府（{m} 个中的 {n} 个）要求：{what}",
           "number": "参与的 {m} 个地方和区域政府中有 {n} 个要求：{what}",
           "one": "参与的 {m} 个地方和区域政府中有 1 个要求：{what}"},
}

# Of people who voted on a statement: {agree} of {voted}. "may repeat" in open votes stands beside, not in the words.
STATEMENTS: dict[str, dict[str, str]] = {
    "en": {"all": "All {voted} voices on it agree: {what}",
           "most": "Most voices on it ({agree} of {voted}) agree: {what}",
           "number": "{agree} of {voted} voices on it agree: {what}"},
    "fr": {"all": "Les {voted} voix exprimées approuvent : {what}",
           "most": "La plupart des voix exprimées ({agree} sur {voted}) approuvent : {what}",
           "number": "{agree} voix exprimées sur {voted} approuvent : {what}"},
    "es": {"all": "Las {voted} voces emitidas están de acuerdo: {what}",
           "most": "La mayoría de las voces emitidas ({agree} de {voted}) está de acuerdo: {what}",
           "number": "{agree} de {voted} voces emitidas están de acuerdo: {what}"},
    "ru": {"all": "Согласны все голоса ({agree} из {voted}): {what}",
           "most": "Согласно большинство голосов ({agree} из {voted}): {what}",
           "number": "Согласны {agree} из {voted} голосов: {what}"},
    "ar": {"all": "توافق جميع الأصوات ({agree} من {voted}) على: {what}",
           "most": "توافق معظم الأصوات ({agree} من {voted}) على: {what}",
           "number": "يوافق {agree} من {voted} من الأصوات على: {what}"},
    "zh": {"all": "全部表态者（{voted} 个中的 {agree} 个）同意：{what}",
           "most": "大多数表态者（{voted} 个中的 {agree} 个）同意：{what}",
           "number": "{voted} 个表态者中有 {agree} 个同意：{what}"},
}

# The contrary view stands in the same sentence: {k} governments.
CONTRARY = {
    "en": " {k} said otherwise.", "fr": " Position contraire : {k}.", "es": " Posición contraria: {k}.",
    "ru": " Иного мнения: {k}.", "ar": " رأي مخالف: {k}.", "zh": "持不同意见：{k}。",
}
