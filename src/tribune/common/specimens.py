"""Invented words for the styleguide, in a language of each direction."""

from __future__ import annotations

from typing import Any

__all__ = ["SPECIMENS"]

SPECIMENS: dict[str, dict[str, Any]] = {
    "en": {
        "lang": "en",
        "paragraph": "We resolve to design public digital services with the people who use them, and to involve local "
        "authorities, where appropriate, in setting the priorities of national programmes, by:",
        "named": "local authorities",
        "subs": [
            ("(a)", "publishing, in plain words, what each service decides automatically;"),
            ("(b)", "keeping a counter, a telephone line or another way without a device open for each service."),
        ],
        "wording": "We resolve to design public digital services with the people who use them, and to involve local and "
        "regional governments in setting and reviewing the priorities of national programmes.",
        "why": "Ein Gesetz, das uns nur „gegebenenfalls“ beteiligt, hat uns noch nie beteiligt.",
        "redline": [
            ["=", "National programmes "], ["-", "shall"], ["+", "may"],
            ["=", " be prepared in consultation with municipal authorities"], ["+", ", as appropriate"], ["=", "."],
        ],
        "redline_named": "municipal authorities",
        "amber": "We ask that all cities be consulted before every national programme is adopted.",
        "amber_phrases": ["all cities", "before every"],
        "sum": "6 of 131 paragraphs name local or regional governments.",
        "sum_parts": ("6 of 131", "paragraphs name local or regional governments. 2 more may mean them."),
        "zero": "0 of 127 paragraphs name local or regional governments.",
        "sections": ["Preamble", "I. Purpose", "II. Access", "III. Services", "IV. Skills and safety", "V. Follow-up"],
        "days": ["Today", "Tue 18", "Wed 19", "Thu 20", "Fri 21", "Sat 22", "Sun 23", "Mon 24", "Tue 25", "Wed 26",
                 "Thu 27", "Fri 28", "Sat 29", "Sun 30", "Mon 31"],
        "moved": "moved on 12 May",
        "calls": ["Written comments on the second revised draft", "Speakers for the round table on schools",
                  "Evidence on connections in public buildings", "Comments on the first draft"],
        "steps": [("by 18 May", "A person reads it."), ("19 May, 12:00", "The consultation closes."),
                  ("19 May, 23:00", "The cities’ answer is handed over."), ("next draft", "You learn what became of it, once.")],
        "facts": [("Who reads it", "Two mediators of the city library, and an expert if you need one."),
                  ("What is kept", "Your words and the day. Not the hour, not your address on the internet, not your device."),
                  ("For how long", "90 days after the last answer. Then it is gone, for us too.")],
        "asks": [("Keep", "A counter, a telephone line or another way without a device", "9 cities", "kept", "34(b)", False),
                 ("Add", "Count the buildings that have not been counted", "4 cities", "verbatim", "36", False),
                 ("Keep", "Follow-up in consultation with municipal authorities", "Lindhaven", "removed", "62", True),
                 ("Change", "Registers designed with the local governments that keep them", "7 cities", "substance", "41", False),
                 ("Add", "A seat for cities in the follow-up group", "9 cities", "none", "", False)],
        "quotation": "‘Where appropriate’ lets every ministry decide it is not appropriate.",
    },
    "ar": {
        "lang": "ar",
        "paragraph": "نعقد العزم على تصميم الخدمات العامة الرقمية مع من يستعملونها، وعلى إشراك السلطات المحلية، "
        "عند الاقتضاء، في تحديد أولويات البرامج الوطنية، وذلك بما يلي:",
        "named": "السلطات المحلية",
        "subs": [
            ("(أ)", "نشر ما تقرره كل خدمة تلقائيا، بعبارات بسيطة؛"),
            ("(ب)", "إبقاء شباك أو خط هاتفي أو سبيل آخر لا يتطلب جهازا متاحا لكل خدمة."),
        ],
        "wording": "نعقد العزم على تصميم الخدمات العامة الرقمية مع من يستعملونها، وعلى إشراك الحكومات المحلية "
        "والإقليمية في تحديد أولويات البرامج الوطنية ومراجعتها.",
        "why": "Ein Gesetz, das uns nur „gegebenenfalls“ beteiligt, hat uns noch nie beteiligt.",
        "redline": [
            ["=", "البرامج الوطنية "], ["-", "يجب أن تُعدّ"], ["+", "يجوز أن تُعدّ"],
            ["=", " بالتشاور مع السلطات البلدية"], ["+", "، عند الاقتضاء"], ["=", "."],
        ],
        "redline_named": "السلطات البلدية",
        "amber": "نطلب استشارة جميع المدن قبل اعتماد أي برنامج وطني.",
        "amber_phrases": ["جميع المدن"],
        "sum": "6 من 131 فقرة تُسمّي الحكومات المحلية أو الإقليمية.",
        "sum_parts": ("6 من 131", "فقرة تُسمّي الحكومات المحلية أو الإقليمية، وفقرتان أخريان قد تعنيانها."),
        "zero": "0 من 127 فقرة تُسمّي الحكومات المحلية أو الإقليمية.",
        "sections": ["الديباجة", "أولا: الغرض", "ثانيا: النفاذ", "ثالثا: الخدمات", "رابعا: المهارات والأمان", "خامسا: المتابعة"],
        "days": ["اليوم", "18", "الأربعاء 19", "20", "21", "22", "23", "الاثنين 24", "25", "26", "الخميس 27", "28", "29", "30", "الاثنين 31"],
        "moved": "نُقل في 12 أيار/مايو",
        "calls": ["تعليقات مكتوبة على المشروع المنقّح الثاني", "متحدثون في المائدة المستديرة بشأن المدارس",
                  "بيّنات عن توصيل المباني العامة", "تعليقات على المشروع الأول"],
        "steps": [("بحلول 18 أيار/مايو", "يقرؤها إنسان."), ("19 أيار/مايو، 12:00", "تُغلق المشاورة."),
                  ("المسودة التالية", "تعلم ما آل إليه طلبك، مرة واحدة.")],
        "facts": [("من يقرؤها", "وسيطان من مكتبة المدينة، وخبير إن احتجت إليه."),
                  ("ما يُحفظ", "كلماتك واليوم. لا الساعة ولا عنوانك على الإنترنت ولا جهازك."),
                  ("إلى متى", "90 يوما بعد آخر جواب. ثم يزول، عندنا أيضا.")],
        "asks": [("إبقاء", "شباك أو خط هاتفي أو سبيل آخر بلا جهاز", "9 مدن", "kept", "34(ب)", False),
                 ("إضافة", "إحصاء المباني التي لم تُحصَ", "4 مدن", "verbatim", "36", False),
                 ("إبقاء", "المتابعة بالتشاور مع السلطات البلدية", "لِندهافن", "removed", "62", True),
                 ("إضافة", "مقعد للمدن في فريق المتابعة", "9 مدن", "none", "", False)],
        "quotation": "عبارة «عند الاقتضاء» تتيح لكل وزارة أن ترى أنْ لا اقتضاء.",
    },
}
