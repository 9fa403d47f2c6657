"""Words that never name a theme: helpers of grammar beyond those that comparison leaves out, and empty verbs."""

from __future__ import annotations

from functools import lru_cache

from tribune.engine.search import is_function_word

__all__ = ["names_nothing"]

_LISTS = {
    "en": """i me my mine myself you yours yourself he him his she her hers himself herself itself we us ours ourselves
        they them theirs themselves not no nor never neither none can cannot could may might must shall should will would
        do does did done doing don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't couldn't can't
        haven't hasn't hadn't get gets got getting go goes going went make makes made making take takes taken taking
        give gives given put use used using need needs needed want wants wanted like just very really quite too more
        most much many few less least some any every each all another other others same own only even ever still yet
        already again always often sometimes usually here where when why how what if because while since until unless
        although though however therefore thus hence instead rather without within about above below over under up down
        out off after before during against per via whether both either one ones two first second thing things way ways
        lot lots let lets new good bad better best big please thank thanks yes say says said see seen think thinks know
        knows come comes keep keeps become becomes around along across able also would've it's that's there's they're
        we're i'm you're he's she's who's what's let's etc nothing something anything everything nobody someone anyone
        everyone right now well far back long such enough therefore should've able unable toward towards""",
    "fr": """je me moi mon ma mes tu te toi ton ta tes lui nous nôtre vous vôtre eux soi ne pas plus moins non ni jamais
        rien aucun aucune personne peu beaucoup très trop assez bien mal tout toute tous toutes chaque plusieurs quelque
        quelques certain certaine certains certaines même mêmes seul seule seulement si quand comment pourquoi combien
        car donc mais or puis alors encore déjà toujours souvent parfois ici là ailleurs sans vers chez depuis pendant
        avant après contre selon doit doivent devoir devrait devraient faut faudrait peut peuvent pouvoir pourrait
        pourraient veut veulent vouloir fait faire font faut va vont aller soit soient serait seraient seront sera suis
        es sommes êtes étaient ai as avons avez avait avaient aura auront aurait été ayant étant cela ça ceci celui
        celle ceux celles lequel laquelle lesquels lesquelles quel quelle quels quelles on chose choses façon manière
        merci oui nouveau nouvelle nouveaux nouvelles bon bonne grand grande grands deux premier première plutôt ainsi
        afin lors lorsque parce puisque jusque jusqu aujourd hui mieux voir dire mettre prendre donner avoir être""",
    "es": """yo me mi mis mí tú te ti tu tus él ella ello ellos ellas nosotros nosotras vosotros usted ustedes nos les le
        no ni nunca jamás nada nadie ninguno ninguna ningún más menos muy mucho mucha muchos muchas poco poca pocos
        pocas tan tanto demasiado bastante todo toda todos todas cada alguno alguna algunos algunas algún varios varias
        mismo misma mismos mismas solo sólo solamente si sí cuando cómo como dónde donde porque pues aunque pero sino
        mientras hasta desde sin sobre ante contra según hacia durante antes después luego entonces ya aún todavía
        siempre aquí allí debe deben deber debería deberían debemos puede pueden poder podría podrían podemos quiere
        quieren queremos hace hacen hacer hay haya va van vamos ir está están estar estaba era eran será serán sería
        sean sea soy somos eres tiene tienen tener tenemos tenía ha hemos he había ser algo cosa cosas manera forma
        gracias nuevo nueva nuevos nuevas bueno buena buen gran grande grandes dos primer primera primero mejor así
        además dar dado ver decir poner tomar hecho nuestros nuestras""",
    "ru": """я меня мне мной ты тебя тебе вас вам вами нас нам нами него неё нее ним ней них ему ей себя себе свой своя
        свое своё свои своих своим своей своего наш наша наше наши наших нашей нашего ваш ваши не ни нет никогда ничего
        никто очень много мало более менее больше меньше самый самая самое самые все всё весь вся всех всем всего всей
        каждый каждая каждое каждого любой любая любые некоторые несколько только лишь даже уже еще ещё всегда часто
        иногда здесь там тут где куда когда почему зачем если чтобы хотя потому поэтому также тоже либо бы же ли ведь вот
        должен должна должно должны нужно надо необходимо можно нельзя может могут мочь мог могли следует есть быть был
        была будет будут стать стал делать сделать дать давать иметь имеет имеют под над перед после без против ради
        около вместо кроме который какой какая какие каких такой такая такие таких один одна одно два первый вторая
        новый новая новые новых хороший лучше спасибо да нет хотим хочу хотят чего чем кто кого""",
    "ar": """أنا نحن أنت أنتم انا انت هن هما لا لم لن ليس ليست لكن لكي كي حتى قد لقد كان كانت كانوا يكون تكون يكونوا
        يجب ينبغي يمكن لابد بد أي اي كل جميع بعض كثير كثيرا أكثر اكثر أقل جدا فقط أيضا ايضا هنا هناك عند عندما حيث إذا
        اذا لأن لان لذلك إلا الا غير سوى بدون دون قبل بعد خلال ضد نحو منذ تحت فوق أمام أنه انه أنها انها إنه لها له لهم
        لنا لي به بها بهم فيه منه منها منهم عنه عنها عليه عليها إليه إليها هؤلاء أولئك تلك ذلك كذلك مثل نفس شيء أشياء
        شكرا نعم جديد جديدة كبير كبيرة واحد واحدة أول وهو وهي وهذا وهذه ولا وأن وقد وكان التي اللذين اللواتي لدى لدينا""",
    "zh": """我 你 他 她 它 们 自 己 这 那 哪 不 没 无 未 非 也 都 就 还 又 再 很 更 最 太 只 各 每 某 些 个 种 次 要 应 该 须 必
        能 会 可 有 做 使 让 被 把 给 到 去 来 上 下 里 中 外 前 后 时 内 间 而 但 且 若 如 因 所 者 吗 呢 吧 啊 我们 你们 他们 这些
        那些 应该 应当 必须 需要 可以 能够 没有 不是 以及 因为 所以 如果 但是 一个 一些 所有 我们的 请 谢 多 少 大 小 新 好 一 二 两""",
}


@lru_cache(maxsize=8)
def _words(language: str) -> frozenset[str]:
    return frozenset(_LISTS.get(language, "").split())


@lru_cache(maxsize=200_000)
def names_nothing(word: str, language: str) -> bool:
    """Whether a word, as printed in lower case, is of no use in the name of a theme.

    >>> names_nothing("should", "en"), names_nothing("buses", "en"), names_nothing("д", "ru")
    (True, False, True)
    """
    plain = word.replace("’", "'")
    if is_function_word(plain, language) or plain in _words(language) or plain in _words("en"):
        return True
    return plain.isnumeric() or (len(plain) < 2 and not "\u3400" <= plain <= "\u9fff")
