"""Words that say who is bound, what limits a duty, and what hardens it, in six languages.

Holders are those for whom a text is made: people, and in our texts local governments; a permission is a gain for
them, and for anybody else a freedom from duty. Makers mark powers to make further rules, which bind nobody yet. The
lists are ours; entries are regular expressions over lower-case text.
"""

from __future__ import annotations

HOLDERS: dict[str, tuple[str, ...]] = {
    "en": ("data subjects?", "individuals?", "(?:natural |any |every )?persons?", "people", "citizens?", "consumers?",
           "child(?:ren)?", "residents?", "users?", "employees?", "workers?", "patients?", "everyone", "cities",
           "municipalit(?:y|ies)", "local (?:and regional )?(?:authorit(?:y|ies)|governments?)", "communit(?:y|ies)",
           "civil society"),
    "fr": ("personnes?", "individus?", "citoyen(?:ne)?s?", "habitant(?:e)?s?", "enfants?", "utilisateurs?", "villes?",
           "communes?", "collectivités", "autorités locales", "société civile"),
    "es": ("personas?", "individuos?", "ciudadan[oa]s?", "habitantes?", "niñ[oa]s?", "usuari[oa]s?", "ciudades",
           "ciudad", "municipios?", "gobiernos locales", "autoridades locales", "comunidad(?:es)?", "sociedad civil"),
    "ru": ("лиц[а-я]*", "граждан[а-я]*", "жител[а-я]*", "дет(?:и|ей|ям)", "пользовател[а-я]*", "город[а-я]*",
           "муниципалитет[а-я]*", "местны[а-я]* орган[а-я]*", "общин[а-я]*", "гражданско[а-я]* обществ[а-я]*"),
    "ar": ("ا?ل?أشخاص", "ا?ل?أفراد", "ا?ل?مواطن[ي-ن]*", "ا?ل?سكان", "ا?ل?أطفال", "ا?ل?مستخدم[ي-ن]*", "ا?ل?مدن",
           "ا?ل?بلديات", "ا?ل?سلطات المحلية", "ا?ل?حكومات المحلية", "ا?ل?مجتمع المدني"),
    "zh": ("个人", "人人", "公民", "居民", "儿童", "用户", "城市", "市政", "地方政府", "地方当局", "社区", "民间社会"),
}

MAKERS: dict[str, tuple[str, ...]] = {
    "en": ("empowered", "delegated acts?", "implementing acts?", "implementing powers", "examination procedure",
           "standard forms", "delegation of power"),
    "fr": ("actes délégués?", "actes d['’]exécution", "délégation de pouvoirs?"),
    "es": ("actos delegados", "actos de ejecución", "delegación de poderes"),
    "ru": ("делегирован[а-я]* акт[а-я]*",),
    "ar": ("تفويض السلطة",),
    "zh": ("授权法案", "实施细则"),
}

# Besides the hedges and exceptions of `_turning_words`.
LIMITS: dict[str, tuple[str, ...]] = {
    "en": ("unless", "except(?:ions?|ional)?", "exempt(?:ed|ions?)?", "(?:does|do|shall|should|will) not apply",
           "where (?:appropriate|applicable|possible|feasible|relevant|necessary)", "as appropriate",
           "if (?:appropriate|possible|necessary|feasible)", "reasonabl[ey]", "proportionate(?:ly)?",
           "disproportionate", "legitimate interests?", "overriding", "commercially", "(?:up)?on request",
           "where technically", "technically feasible", "to the extent", "in so far as", "insofar as",
           "significant(?:ly)?", "serious(?:ly)?", "substantial(?:ly)?", "high risk", "adverse(?:ly)?", "voluntary",
           "likely", "derogat\\w*", "not be (?:required|considered|regarded|necessary|obliged|subject)",
           "trade secrets?", "confidential\\w*", "without prejudice", "limited to", "other than", "already", "up to",
           "subject to (?:available|national)", "pseudonym\\w*", "anonym\\w*"),
    "fr": ("sauf", "à moins que", "exception\\w*", "raisonnable\\w*", "proportionn\\w*", "dans la mesure",
           "volontaire\\w*", "sous réserve", "sur demande"),
    "es": ("salvo", "a menos que", "excepci\\w*", "razonable\\w*", "proporcion\\w*", "en la medida",
           "voluntari\\w*", "a reserva", "previa solicitud"),
    "ru": ("за исключением", "если не", "исключени[а-я]*", "разумн[а-я]*", "соразмерн[а-я]*", "в той мере",
           "добровольн[а-я]*", "по запросу"),
    "ar": ("إلا إذا", "باستثناء", "ما لم", "معقول\\w*", "متناسب\\w*", "بقدر ما", "طوعي\\w*", "عند الطلب"),
    "zh": ("除非", "例外", "除外", "合理", "相称", "在可行", "自愿", "应要求"),
}

HARDENERS: dict[str, tuple[str, ...]] = {
    "en": ("only", "at least", "explicit(?:ly)?", "at any time", "free of charge", "without (?:undue )?delay",
           "immediately", "in all cases", "always", "strict(?:ly)?", "any", "all", "every", "fundamental rights?",
           "safeguards?", "including", "prohibit\\w*", "minimum", "informed", "specific", "prior", "independent",
           "effective", "appropriate"),
    "fr": ("au moins", "explicite\\w*", "à tout moment", "gratuit\\w*", "sans délai", "toujours", "notamment",
           "préalable\\w*", "tous", "toutes"),
    "es": ("al menos", "explícit\\w*", "en todo momento", "gratuit\\w*", "sin demora", "siempre", "incluid\\w*",
           "previ[oa]\\w*", "tod[oa]s"),
    "ru": ("по крайней мере", "не менее", "в любое время", "бесплатн[а-я]*", "незамедлительно", "всегда",
           "в том числе", "предварительн[а-я]*", "вс(?:е|ех|ем)"),
    "ar": ("على الأقل", "صراحة", "في أي وقت", "مجانا", "دون تأخير", "دائما", "بما في ذلك", "مسبق\\w*", "جميع"),
    "zh": ("至少", "明确", "随时", "免费", "毫不拖延", "立即", "始终", "包括", "事先", "所有"),
}
