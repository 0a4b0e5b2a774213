"""Kinds of documents that are written to be read, mailed, shown or filled in, by their names and signs."""

from axelered_box.modules.classify.genres import Genre

READING = (
    Genre(
        name="e-mail",
        names="email|emails|e mails|mail|electronic mail|mail message|e mail nachricht|courriel|correo electronico"
        "|correo"
        "|posta elettronica|message",
        signs="unsubscribe|original message|forwarded message|sent from my",
        hints="hi|regards|cheers|wrote|re|fwd|cc|attachment|attached|subject|betreff|objet|asunto|oggetto|gesendet",
        facts="mail:6",
    ),
    Genre(
        name="letter",
        names="correspondence|letters|cover letter|~brief|~schreiben|anschreiben|lettre|courrier|carta|lettera",
        signs="dear sir|dear madam|yours sincerely|yours faithfully|sehr geehrte|mit freundlichen grussen"
        "|veuillez agreer|madame monsieur|estimado|estimados|atentamente|egregio|gentile|distinti saluti|cordialement",
        hints="regards|enclosed|anlage|ci joint|adjunto|allegato|sincerely|we refer to",
        facts="mail:-2|amounts:-.5|clauses:-1|slip:-2",
    ),
    Genre(
        name="curriculum vitae",
        names="cv|resume|~lebenslauf|bewerbung|application|job application|curriculum|curriculo|hoja de vida",
        signs="curriculum vitae|resume|work experience|professional experience|education|~lebenslauf|berufserfahrung"
        "|schulbildung|experience professionnelle|formation|competences|experiencia laboral|experiencia profesional"
        "|formacion academica|esperienze professionali|istruzione e formazione|istruzione|ausbildung",
        hints="skills|languages|references|university|hobbies|kenntnisse|sprachen|studium|langues|idiomas|lingue|laurea"
        "|bsc|msc|born|geboren|internship|praktikum",
        facts="amounts:-.5|references:-1",
    ),
    Genre(
        name="scientific article",
        names="academic|scientific|scholarly article|research|journal publication|publication|research paper"
        "|research article|journal article|academic paper|academic article|scientific paper|paper"
        "|papers|scientific publication|study|preprint|wissenschaftlicher artikel|fachartikel|article scientifique"
        "|articulo cientifico|articolo scientifico",
        signs="abstract|keywords|et al|doi|introduction|materials and methods|methods|results and discussion|references"
        "|corresponding author|peer reviewed|journal of|conflict of interest|competing interests|hypothesis|arxiv"
        "|statement of need|zusammenfassung|literaturverzeichnis|resume|mots cles|resumen|palabras clave|bibliografia",
        hints="study|results|discussion|conclusion|university|department of|analysis|data|patients|received|accepted"
        "|published|figure|model|significant|license|copyright|authors|acknowledgements|journal|research",
        facts="bare:-3|masthead:1.5|references:2.5|figures:.5|long:.5|prose:1|slip:-3|mail:-3|amounts:-1|slides:-1|web:-1",
    ),
    Genre(
        name="government report",
        names="government|government study|public sector|agency publication|official document|report"
        "|official report|public report|agency report|official publication|policy report"
        "|government document"
        "|government publication|white paper|statistical report|audit report|annual report|~bericht|regierungsbericht"
        "|rapport|rapport officiel|informe|informe oficial|relazione|rapporto",
        signs="fiscal year|federal|member states|congress|ministry|ministere|ministerium|ministerio|ministero|agency"
        "|bureau|commission|eurostat|epa|department of health|department of education|public sector|policy makers"
        "|key findings|executive summary|national|government|statistics|respondents|households|exhibit|appendix",
        hints="program|programs|programme|percent|survey|policy|population|report|table|chapter|estimates|regulation"
        "|public|data|sample|social|states|state|institutions|rates|assessment|economic|market|sector|average|countries"
        "|community|services|health|education|findings|gender|children|performance|evaluation|federal register",
        facts="masthead:-1|figures:2|long:.5|prose:.5|references:-1|slip:-3|mail:-3|slides:-1|web:-1|amounts:-1"
        "|clauses:-1",
    ),
    Genre(
        name="web article",
        names="internet|online|blog entry|news|html page|web page|webpage|website|web site|web|blog|blog post"
        "|blog article|online article|news article|news"
        "|article"
        "|internet page|internetseite|webseite|nachrichtenartikel|page web|site web|article de presse|pagina web"
        "|articulo web|articulo de prensa|articolo web|articolo|weblog",
        signs="sign in|log in|subscribe|newsletter|cookies|share this|read more|follow us|comments|s abonner|partager"
        "|abonnieren|suscribete|condividi|tumblr|posted|advertisement|cookie policy|privacy policy|terms of service",
        hints="home|menu|search|posted|published|facebook|twitter|photo|news|article|share|blog|sections"
        "|navigation|tags",
        facts="web:4.5|navigation:1.5|mail:-3|slip:-3|clauses:-1|references:-1",
    ),
    Genre(
        name="presentation",
        names="slides|slide deck|slide show|slideshow|powerpoint|talk|deck|~prasentation|folien|foliensatz|diaporama"
        "|presentacion|diapositivas|presentazione|diapositive",
        signs="click to edit|slide|agenda|thank you for your attention|vielen dank fur ihre aufmerksamkeit|folie"
        "|diapositive|diapositiva|questions",
        hints="outline|overview|smart|goals|next steps|text box|roadmap",
        facts="slides:6|mail:-2|slip:-2",
    ),
    Genre(
        name="spreadsheet",
        names="table|workbook|excel|data table|~tabelle|tabellenkalkulation|tableur|tableau|hoja de calculo|tabla"
        "|foglio di calcolo|tabella|dataset",
        facts="sheet:5|table:1|prose:-1",
    ),
    Genre(
        name="manual",
        names="instructions|user guide|guide|handbook|user manual|~anleitung|~bedienungsanleitung|~handbuch"
        "|mode d emploi"
        "|notice|manual de instrucciones|manual de usuario|manuale|istruzioni|tutorial|documentation",
        signs="user manual|user guide|troubleshooting|safety instructions|warning|~bedienungsanleitung"
        "|~sicherheitshinweise|mode d emploi|instrucciones|istruzioni per l uso|press the button|installation",
        hints="step|click|press|button|device|install|switch|settings|configure|drucken sie|appuyez|pulse|premere",
    ),
    Genre(
        name="data sheet",
        names="datasheet|specification|technical specification|product sheet|~datenblatt|fiche technique|ficha tecnica"
        "|scheda tecnica|spec sheet",
        signs="technical data|specifications|dimensions|~datenblatt|technische daten|fiche technique|ficha tecnica"
        "|scheda tecnica|operating temperature|rated voltage",
        hints="mm|kg|v|w|hz|voltage|weight|material|temperature|model|gewicht|abmessungen",
    ),
    Genre(
        name="minutes of a meeting",
        names="minutes|meeting minutes|protocol|~protokoll|~niederschrift|proces verbal|compte rendu de reunion|acta"
        "|acta de reunion|verbale|verbale di riunione",
        signs="minutes|attendees|apologies|present|action items|next meeting|~protokoll|anwesend|tagesordnung|top 1"
        "|ordre du jour|proces verbal|orden del dia|asistentes|ordine del giorno|presenti|verbale",
        hints="agenda|resolved|motion|approved|beschluss|decision|acuerdo|chair|vote|discussed",
    ),
    Genre(
        name="press release",
        names="press|news release|media release|~pressemitteilung|~pressemeldung|communique de presse|communique"
        "|nota de prensa|comunicado de prensa|comunicato stampa",
        signs="for immediate release|press release|press contact|media contact|~pressemitteilung|pressekontakt"
        "|communique de presse|nota de prensa|comunicato stampa|about the company",
        hints="announced|today|ceo|launch|spokesperson|gab bekannt|annonce|anuncia|annuncia",
    ),
    Genre(
        name="form",
        names="application form|questionnaire|~formular|~antrag|~fragebogen|formulaire|formulario|solicitud|modulo"
        "|survey form|claim form",
        signs="please tick|please complete|fill in|for office use only|zutreffendes ankreuzen|bitte ausfullen|cochez"
        "|a remplir|marque con|rellene|barrare|compilare|block letters|date of birth|geburtsdatum",
        hints="signature|name|surname|address|yes|no|unterschrift|vorname|nom|prenom|apellidos|cognome|firma",
    ),
    Genre(
        name="certificate",
        names="diploma|attestation|certification|~zeugnis|~bescheinigung|~urkunde|~zertifikat|certificat|diplome"
        "|certificado|titulo|certificato|attestato",
        signs="this is to certify|certificate of|hereby certify|hiermit wird bescheinigt|~bescheinigung|je soussigne"
        "|certifie que|certifica que|si attesta|si certifica",
        hints="certificate|awarded|successfully|erfolgreich|valid|seal|issued",
    ),
    Genre(
        name="book",
        names="novel|chapter|story|fiction|~buch|roman|livre|libro|romanzo|cuento",
        signs="chapter one|chapter 1|epilogue|prologue|erstes kapitel|chapitre premier|capitulo primero|isbn",
        hints="he said|she said|chapter|kapitel|chapitre|capitulo|capitolo",
        facts="long:.5|prose:1|amounts:-1|references:-1",
    ),
)
