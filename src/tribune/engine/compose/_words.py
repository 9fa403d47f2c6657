"""Words that say how many speak, in six languages.

Each row: what it claims ("all", "most", "many", "number") and a pattern over case-folded text. Own list, from
reading joint submissions; kept small on purpose, since a missed word is found by a person and a false alarm
teaches people to ignore amber.
"""

GAP_ZH = r"的?(?:参与|参加|受访)?的?"

# Nouns for who speaks: a quantifier counts only when it stands before one of them.
WHO = {
    "en": r"(?:local and regional governments?|local governments?|regional governments?|subnational governments?|"
          r"local authorities|regional authorities|cities and regions|cities|city|regions?|municipalit(?:y|ies)|towns?|"
          r"mayors?|residents?|citizens?|communities|people|of us|territories|territory)",
    "fr": r"(?:gouvernements? (?:locaux|régionaux|local|régional)|collectivités?(?: territoriales?| locales?)?|"
          r"autorités? locales?|villes?|régions?|communes?|municipalités?|maires?|habitante?s?|citoyens?|d['’]entre nous|"
          r"territoires?)",
    "es": r"(?:gobiernos? (?:locales|regionales|local|regional)|autoridades locales|ciudad(?:es)?|regi(?:ón|ones)|"
          r"municipios?|municipalidades|alcald(?:es|esas|ías)|habitantes|ciudadan[oa]s|residentes|territorios?)",
    "ru": r"(?:(?:местны\w+ и региональны\w+|местны\w+|региональны\w+) (?:орган\w+|власт\w+|правительств\w+)|орган\w+ местного самоуправления|"
          r"город\w*|регион\w*|муниципалитет\w*|мэр\w*|жител\w+|граждан\w*)",
    "ar": r"(?:ال)?(?:حكومات المحلية|حكومات محلية|سلطات المحلية|مدن|مدينة|مناطق|منطقة|أقاليم|إقليم|بلديات|بلدية|"
          r"رؤساء البلديات|سكان|مواطنين|مواطنون)",
    "zh": r"(?:地方和区域政府|地方政府|地区政府|城市|地区|市镇|市长|居民|市民)",
}

# Between a number and its noun only such words: "paragraph 27 terms that local governments …" counts nobody.
NEAR = {
    "en": r"\s+(?:(?:other|more|small|large|participating|different|of the|of our)\s+)?",
    "fr": r"\s+(?:(?:autres|petites|grandes|des)\s+)?",
    "es": r"\s+(?:(?:otras|otros|pequeñas|grandes|de las|de los)\s+)?",
    "ru": r"\s+(?:(?:других|малых|крупных|других|местных)\s+)?",
    "ar": r"\s+(?:من\s+)?",
    "zh": GAP_ZH,
}

# "Five of nine cities": what stands between the part and the whole. Chinese names the whole first.
OF = {
    "en": r"\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?", "fr": r"\s+(?:sur|des)\s+(?:les\s+)?",
    "es": r"\s+de\s+(?:l[oa]s\s+)?", "ru": r"\s+из\s+", "ar": r"\s+من\s+(?:أصل\s+)?",
}
# Arabic says "five of nine of the cities".
WHOLE_GAP = {"ar": r"\s+(?:من\s+)?(?:[\w’'-]+\s+){0,2}?"}
PART_ZH = r"(?P<whole>\d+)\s*个[\u4e00-\u9fff]{0,12}?(?:地方和区域政府|地方政府|地区政府|城市|地区|市镇|市长|居民|市民)中?的?有?\s*(?P<claim>\d+)\s*个"

# What may stand between another quantifier and noun: at most two words (for Chinese none but 的).
GAP = {"zh": GAP_ZH}
DEFAULT_GAP = r"\s+(?:[\w’'-]+\s+){0,2}?"

QUANTIFIERS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("all", r"all(?: of)?(?: the)?|every|each|everyone in(?: the)?"), ("none", r"no"),
           ("most", r"most(?: of)?(?: the)?|the majority of(?: the)?|nearly all|almost all"),
           ("many", r"many|numerous|a large number of"), ("several", r"several|a number of")),
    "fr": (("all", r"tou(?:te)?s les|l['’]ensemble des|chaque|toutes? "), ("none", r"aucune?"),
           ("most", r"la plupart des|la majorité des|presque tou(?:te)?s les"),
           ("many", r"de nombreu(?:x|ses)|beaucoup de"), ("several", r"plusieurs")),
    "es": (("all", r"tod[oa]s l[oa]s|cada|el conjunto de l[oa]s"), ("none", r"ningun[oa]?|ningún"),
           ("most", r"la mayoría de(?: l[oa]s)?|casi tod[oa]s l[oa]s"),
           ("many", r"much[oa]s|numeros[oa]s"), ("several", r"vari[oa]s")),
    "ru": (("all", r"все|всех|всем|кажд\w+"), ("none", r"ни од\w+"), ("most", r"большинств\w+|почти все"),
           ("many", r"мног\w+"), ("several", r"несколько|ряд")),
    "ar": (("all", r"جميع|كل|كافة"), ("none", r"لا"), ("most", r"معظم|غالبية|أغلبية"),
           ("many", r"كثير من|العديد من"), ("several", r"عدة|عدد من")),
    "zh": (("all", r"所有|全部|每个|每一个|各个?"), ("none", r"没有"), ("most", r"大多数|多数|绝大多数"),
           ("many", r"许多|很多"), ("several", r"几个|若干|一些")),
}

NUMBERS = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "fr": ("une?", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    "es": ("un[oa]?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    "ru": ("од\\w+", "две|два|двух", "три|трех|трёх", "четыре\\w*", "пять|пяти", "шесть|шести", "семь|семи",
           "восемь|восьми", "девять|девяти", "десять|десяти", "одиннадцать", "двенадцать"),
    "ar": ("واحدة?", "اثنان|اثنتان|اثنين", "ثلاثة?", "أربعة?", "خمسة?", "ستة?", "سبعة?", "ثمان(?:ية|ي)?", "تسعة?", "عشرة?"),
    "zh": ("一个?", "两个?", "三个?", "四个?", "五个?", "六个?", "七个?", "八个?", "九个?", "十个?", "十一个?", "十二个?"),
}

# Words that allow no exception among those who speak. "Nobody" alone is not one: "a school nobody has counted"
# says nothing of who asks, so "everyone" and "nobody" count only before a verb of asking or agreeing.
ABSOLUTE = {
    "en": r"unanimous(?:ly)?|without exception|(?:everyone|everybody|nobody|no one) "
          r"(?=asks?|wants?|agrees?|supports?|calls?|demands?|objects?|opposes?)",
    "fr": r"unanimement|à l['’]unanimité|sans exception|tout le monde (?=demande|veut|soutient|accepte)|"
          r"personne ne (?=demande|veut|s['’]oppose|refuse)",
    "es": r"unánimemente|por unanimidad|sin excepción|(?:todo el mundo|nadie) (?=pide|quiere|apoya|se opone|acepta)",
    "ru": r"единогласно|единодушно|без исключения|(?:никто|все) (?=прос\w+|требу\w+|поддержива\w+|не возража\w+)",
    "ar": r"بالإجماع|بدون استثناء|دون استثناء",
    "zh": r"一致(?:同意|认为|要求)|无一例外",
}
