"""Which words are written with a full stop that ends no sentence, and which words begin a sentence, by language."""

_ABBREVIATIONS = {
    "eng": """mr mrs ms dr prof st sr jr rev hon gen col capt lt sgt gov sen rep pres messrs esq no nos vol vols art
        arts
        sec sect ch chap fig figs tab eq eqs ref refs ed eds pp p para approx dept est min max temp cf vs v viz ca eg ie
        al et resp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat univ spp sp subsp
        var gr ser suppl cl reg attn incl excl ex ext tel mt ft ave blvd rd appl int""",
    "deu": """dr prof hr fr dipl ing med phil jur abs art nr nrn bd bde bsp bzw ca d.h z.b evtl ggf gem geb gez inkl
        exkl
        kap lfd max min mind mio mrd mtl o.ä p.a rd s sog str tel tsd u.a usf v.a vgl zzgl zzt z z.t ziff abb tab hrsg
        st i.d.r i.h.v abt anm aufl az bearb einschl entspr ges jan feb mrz apr aug sept sep okt nov dez mo di mi do
        fa frl op reg vors zw od u d h b a i r v""",
    "fra": """m mm mme mlle mmes dr pr me st ste art al chap cf éd env ex fig n no nos p pp par ref réf tél tab vol av
        janv févr avr juil juill sept oct nov déc cie bd boul hab min max resp c.-à-d p.ex""",
    "spa": """sr sra srta sres dr dra d dña prof lic ing arq art arts cap cf ed ej fig figs núm nº no pág págs p pp párr
        ref tel vol av avda c cta dpto depto gral admón apdo aprox máx mín s.a ene feb mar abr jun jul ago sept oct
        nov dic
        ud uds vd vds ee uu ee.uu""",
    "ita": """sig sigg sig.ra sig.na dott dr dott.ssa prof avv ing arch geom rag on art artt cap cfr ed es fig figg n nn
        nr num p pag pagg par rif tab tel vol vs c co spett egr gent all ca cod gen feb mar apr mag giu lug ago set sett
        ott nov dic s ss min max ecc.to""",
}
ABBREVIATIONS = {code: frozenset(words.split()) for code, words in _ABBREVIATIONS.items()}

_MAY_END_TEXT = """
    etc usw ecc al inc ltd corp co llc gmbh ag kg sa srl spa plc a.m p.m u.s u.k e.u u.s.a jr sr s.a s.r.l s.p.a
    p.a u.a u.ä o.ä mio mrd st d.c m.d ph.d
"""
MAY_END = frozenset(_MAY_END_TEXT.split())
"""Abbreviations after which a sentence may end: they do where a word follows that begins sentences."""

_STARTERS_TEXT = """
    the a an this that these those it he she they we you i in on at for from with by as if when while however
    although there here our their its his her all both each some many most no not after before during since to of and
    but
    or moreover furthermore thus therefore finally overall because such one two three patients please
    der die das den dem des ein eine einen einem einer er sie es wir ihr ich dies diese dieser dieses in im am auf bei
    mit
    nach von vom zu zum zur aus für durch über unter seit wenn als da weil dass ob doch aber und auch nur so hier dort
    alle beide jeder jede einige viele mehr nicht kein keine bitte damit daher deshalb zudem außerdem insgesamt
    le la les l un une des du de il elle ils elles nous vous je ce cet cette ces dans sur pour par avec sans selon après
    avant depuis lorsque quand si comme mais et ou or donc en au aux tous toutes chaque plusieurs notre votre leur son
    sa
    el los las lo una unos unas él ella ellos ellas nosotros usted ustedes este esta estos estas ese esa en con para por
    según tras desde cuando si como pero y o no se su sus nuestro al del todos cada muchos además
    il lo gli i uno una egli ella essi noi voi questo questa questi queste quello nel nella nei sul per con da dal dalla
    tra fra secondo dopo prima quando se come ma e o non si suo sua loro tutti ogni molti inoltre al alla
"""
STARTERS = frozenset(_STARTERS_TEXT.split())
"""Common first words of sentences, in small letters."""
