"""Words that bind, by strength, and words that loosen, in the six official languages of the United Nations.

A small list for pointing a reader at a change, not a grammar: it is read only where the redline shows that
something was struck or put in. Higher numbers bind more. `FORCE` holds verbs of duty and the verbs that open
a paragraph of a resolution on one scale; `DEED` what is to be done on another.
"""

from __future__ import annotations

FORCE: dict[str, dict[int, str]] = {
    "en": {
        5: "shall|must|is required to|are required to|is obliged to|are obliged to|decides|decide|demands"
           "|undertakes to|undertake to|commits to|commit to|commit ourselves to|will",
        4: "should|ought to|requests|request|urges|urge|calls upon|call upon|calls on|call on|agree to"
           "|agrees to|reaffirms",
        3: "is encouraged to|are encouraged to|encourages|encourage|recommends|recommend|supports|support",
        2: "is invited to|are invited to|invites|invite|may wish to|welcomes|welcome|strive to"
           "|endeavour to|seek to|aim to",
        1: "may|might|can|could|notes|note|takes note of|take note of|considers|consider|acknowledges"
           "|acknowledge",
    },
    "fr": {
        5: "doit|doivent|devra|devront|est tenu de|sont tenus de|décide|exige|s’engage à|s’engagent à"
           "|s'engage à|s'engagent à|nous engageons à",
        4: "devrait|devraient|prie|demande|exhorte|engage|invite instamment|convient de|conviennent de",
        3: "est encouragé à|sont encouragés à|encourage|recommande|appuie",
        2: "est invité à|sont invités à|invite|se félicite|salue|s’efforce de|s’efforcent de|s'efforce de"
           "|s'efforcent de|s’efforcer de|s'efforcer de",
        1: "peut|peuvent|pourrait|pourraient|pourra|pourront|note|prend note|envisage|constate|considère",
    },
    "es": {
        5: "deberá|deberán|debe|deben|está obligado a|están obligados a|decide|exige|se compromete a"
           "|se comprometen a|nos comprometemos a",
        4: "debería|deberían|solicita|pide|insta|exhorta|conviene en|convienen en",
        3: "alienta|se alienta a|recomienda|apoya",
        2: "invita|se invita a|acoge con beneplácito|procurará|procurarán|procurar|se esforzará por"
           "|se esforzarán por",
        1: "podrá|podrán|puede|pueden|podría|podrían|observa|toma nota|considera|reconoce",
    },
    "ru": {
        5: "должен|должна|должно|должны|обязан|обязана|обязано|обязаны|обязуется|обязуются|постановляет"
           "|требует",
        4: "следует|просит|настоятельно призывает|призывает|соглашается|соглашаются",
        3: "рекомендует|рекомендуется|поощряет|поддерживает",
        2: "предлагает|предлагается|приветствует|стремится|стремятся|стремиться",
        1: "может|могут|мог бы|могли бы|может быть|отмечает|принимает к сведению|рассматривает|признает",
    },
    "ar": {
        5: "يجب|يتعين|تلتزم|يلتزم|نلتزم|تقرر|يقرر|تطالب",
        4: "ينبغي|تطلب|يطلب|تحث|يحث|تدعو|يدعو|تهيب",
        3: "تشجع|يشجع|توصي|يوصي|تؤيد|يؤيد",
        2: "ترحب|يرحب|تسعى|يسعى|نسعى",
        1: "يجوز|يمكن|قد|تلاحظ|يلاحظ|تحيط علما|تنظر في|ينظر في",
    },
    "zh": {
        5: "应当|必须|须|应|决定|要求|承诺",
        4: "应该|请|敦促|促请|吁请|呼吁|同意",
        3: "鼓励|建议|支持",
        2: "邀请|欢迎|努力|力求",
        1: "可以|可|能够|或可|注意到|考虑|承认",
    },
}

DEED: dict[str, dict[int, str]] = {
    "en": {
        4: "ensure|ensures|ensuring|guarantee|guarantees|guaranteeing|implement|implements|implementing"
           "|protect",
        3: "promote|promotes|promoting|strengthen|strengthens|strengthening|support|supporting|facilitate"
           "|facilitates|facilitating",
        2: "encourage|encouraging|strive|endeavour|seek|aim",
        1: "consider|considering|explore|exploring|note|noting",
    },
    "fr": {
        4: "assurer|garantir|veiller à|assurent|garantissent|veillent à|protéger|mettre en œuvre",
        3: "promouvoir|renforcer|appuyer|faciliter|favoriser",
        2: "encourager|s’efforcer|s'efforcer|chercher à",
        1: "envisager|examiner|étudier|noter",
    },
    "es": {
        4: "garantizar|asegurar|velar por|garantizan|aseguran|velan por|proteger|aplicar",
        3: "promover|fortalecer|apoyar|facilitar|fomentar",
        2: "alentar|procurar|esforzarse",
        1: "considerar|examinar|estudiar|observar",
    },
    "ru": {
        4: "обеспечить|обеспечивать|обеспечивают|гарантировать|осуществлять|осуществить|защищать",
        3: "содействовать|укреплять|поддерживать|способствовать",
        2: "поощрять|стремиться",
        1: "рассмотреть|рассматривать|изучить|изучать|отметить",
    },
    "ar": {
        4: "ضمان|كفالة|تكفل|تضمن|حماية|تنفيذ",
        3: "تعزيز|دعم|تيسير|تعزز|تدعم",
        2: "تشجيع|السعي",
        1: "النظر في|استكشاف|دراسة",
    },
    "zh": {
        4: "确保|保证|保障|保护|落实|实施",
        3: "促进|加强|支持|推动|便利",
        2: "鼓励|努力|力求",
        1: "考虑|探讨|探索|研究",
    },
}

# Put in, these take something back.
LOOSENING: dict[str, str] = {
    "en": "as appropriate|where appropriate|when appropriate|if appropriate|as applicable|where applicable"
          "|as needed|where needed|as necessary|where necessary|if necessary|where relevant|as relevant"
          "|if possible|where possible|when possible|where feasible|as feasible|to the extent possible"
          "|as far as possible|to the extent feasible|inter alia|on a voluntary basis|voluntary"
          "|voluntarily|subject to|in accordance with national law|in accordance with national laws"
          "|in accordance with domestic law|in accordance with national legislation"
          "|in line with national legislation|in line with national priorities"
          "|in accordance with national circumstances|taking into account national circumstances"
          "|consistent with national|within available resources|within existing resources"
          "|on mutually agreed terms|consider|endeavour to|strive to|seek to|not|without prejudice to",
    "fr": "selon qu’il convient|selon qu'il convient|selon qu’il conviendra|selon qu'il conviendra"
          "|le cas échéant|s’il y a lieu|s'il y a lieu|selon les besoins|si nécessaire|si possible"
          "|dans la mesure du possible|autant que possible|lorsque cela est possible|à titre volontaire"
          "|volontaire|volontairement|sous réserve de|conformément à la législation nationale"
          "|conformément au droit interne|dans la limite des ressources disponibles"
          "|compte tenu de la situation nationale|envisager de|s’efforcer de|s'efforcer de|ne pas"
          "|sans préjudice de",
    "es": "según proceda|según corresponda|cuando proceda|cuando corresponda|si procede|en su caso"
          "|según sea necesario|cuando sea necesario|si es posible|cuando sea posible"
          "|en la medida de lo posible|con carácter voluntario|de forma voluntaria|voluntario|voluntaria"
          "|voluntariamente|con sujeción a|de conformidad con la legislación nacional"
          "|de acuerdo con la legislación nacional|dentro de los recursos disponibles"
          "|dentro de los límites de los recursos|considerar la posibilidad de|procurar|no"
          "|sin perjuicio de",
    "ru": "при необходимости|в случае необходимости|в соответствующих случаях|по мере необходимости"
          "|в надлежащих случаях|когда это уместно|где это уместно|где это возможно|по возможности"
          "|по мере возможности|если возможно|на добровольной основе|добровольно|добровольный|добровольные"
          "|при условии|в соответствии с национальным законодательством|в рамках имеющихся ресурсов"
          "|с учетом национальных условий|рассмотреть возможность|рассматривать возможность|стремиться|не"
          "|без ущерба для",
    "ar": "حسب الاقتضاء|عند الاقتضاء|حيثما كان ذلك مناسبا|حيثما ينطبق ذلك|عند الضرورة|حسب الضرورة|إن أمكن"
          "|عند الإمكان|حيثما أمكن|قدر الإمكان|قدر المستطاع|على أساس طوعي|طوعا|طوعي|طوعية|رهنا"
          "|وفقا للقوانين الوطنية|وفقا للتشريعات الوطنية|في حدود الموارد المتاحة|النظر في|السعي إلى|لا|ألا"
          "|دون المساس",
    "zh": "酌情|视情况|视需要|必要时|如有必要|在适当情况下|适当时|在可能的情况下|尽可能|可能时|在可行的情况下"
          "|自愿|在自愿基础上|但须|须视|根据国内法|依照国内法|按照国家法律|根据国情"
          "|在现有资源范围内|考虑|力求|努力|不得|不应|不再|未必",
}

# Where one of the words above is part of another word or phrase that neither binds nor loosens (patterns).
NEITHER: dict[str, str] = {
    "en": r"\bMay\s+\d|\d\s+May\b|political\s+will\b|good\s?will\b"
          r"|not\s+only\b|whether\s+or\s+not\b|not\s+least\b",
    "fr": r"note\s+verbale|ne\s+pas\s+seulement",
    "es": r"\bno\s+(?:solo|sólo|obstante)\b",
    "ru": r"\bне\s+(?:только|менее)\b|может\s+не\s+только",
    "ar": r"لا\s+سيما|ولا\s+سيما",
    "zh": "应对|适应|相应|供应|响应|反应|应用|效应|对应|应急"
          "|可持续|可再生|可靠|可及|可负担|可能性|不可|许可|认可|可见|可行|要求的",
}

OPENING_BRACKETS = "[［【"
