"""Words that fill every resolution; sharing them says little about an ask.

The English list is from the commonest words of 98 adopted resolutions; the others are its counterparts.
"""

from __future__ import annotations

from functools import lru_cache

from tribune.engine.search import analyse

# What such a word is worth beside one that only some texts have.
SHARE = 0.4

_LISTS = {
    "en": """international state member united nation general assembly secretary recognize reaffirm recall encourage
        call upon urge request invite welcome stress emphasize take need relevant effort importance important support
        continue promote strengthen enhance ensure further regard resolution country implementation action measure
        particular level effective role relate full increase provide make address work national all note decide
        appropriate necessary stakeholder party system commit commitment achieve contribute development""",
    "fr": """international état membre nation unies général assemblée secrétaire reconnaître réaffirmer rappeler
        encourager appeler prier inviter demander souligner prendre pertinent effort importance important appui appuyer
        continuer promouvoir renforcer améliorer assurer résolution pays application action mesure particulier niveau
        efficace rôle national tout noter décider nécessaire partie système engagement développement encourage invite
        demande prie engage souligne rappelle réaffirme""",
    "es": """internacional estado miembro nación naciones unidas general asamblea secretario reconocer reaffirmar
        recordar alentar exhortar instar invitar solicitar subrayar tomar pertinente esfuerzo importancia importante
        apoyo apoyar continuar promover fortalecer mejorar asegurar resolución país aplicación acción medida particular
        nivel eficaz papel nacional todo decidir necesario parte sistema compromiso desarrollo alienta exhorta insta
        invita solicita subraya recuerda reafirma""",
    "ru": """международный государство член организация объединенных наций генеральный ассамблея секретарь признавать
        подтверждать ссылаясь поощряет призывает просит предлагает подчеркивает принимать соответствующий усилия
        важность поддержка продолжать содействовать укреплять обеспечивать резолюция страна осуществление действия меры
        уровень эффективный роль национальный все необходимый система развитие""",
    "ar": """الدولية الدول الأعضاء الأمم المتحدة العامة الجمعية الأمين تشجع تدعو تهيب تحث تطلب ترحب تؤكد الجهود أهمية
        دعم تعزيز ضمان القرار البلدان تنفيذ التدابير مستوى دور الوطنية جميع النظام التنمية""",
}


@lru_cache(maxsize=8)
def furniture(language: str) -> frozenset[str]:
    """Comparison keys of such words; for Chinese none, since single characters are too coarse for it."""
    if language == "zh" or language not in _LISTS:
        return frozenset()
    return frozenset(analyse(_LISTS[language], language).keys)
