"""Kinds of documents of law, offices, health and persons, by their names and signs."""

from axelered_box.modules.classify.genres import Genre

LAW = (
    Genre(
        name="contract",
        names="agreement|contracts|legal agreement|legal document|deed|covenant|~vertrag|~vertrage|vereinbarung"
        "|contrat|accord|convention|contrato"
        "|acuerdo|contratto|accordo",
        signs="this agreement|hereby|hereinafter|the parties|party agrees|shall not|governing law|in witness whereof"
        "|hereto|herein|hereunder|now therefore|vertragsparteien|wird folgender vertrag|vertragspartner|les parties"
        "|ci apres|il a ete convenu|las partes|de una parte|clausula|le parti|si conviene|qui di seguito|severability",
        hints="agreement|contract|party|parties|shall|terminate|termination|breach|clause|obligations|liability|vertrag"
        "|kundigung|haftung|gerichtsstand|vereinbart|contrat|resiliation|obligations|contrato|rescision|duracion"
        "|contratto|recesso|obblighi|effective date|consideration|assigns|successors|confidential",
        facts="clauses:2|prose:.5|amounts:-.5|references:-2|slip:-2|mail:-2|web:-1",
    ),
    Genre(
        name="lease",
        names="lease agreement|rental agreement|tenancy agreement|rent|~mietvertrag|~pachtvertrag|bail"
        "|contrat de location|contrato de alquiler|arrendamiento|contratto di locazione|locazione|affitto",
        signs="landlord|tenant|lessor|lessee|premises|monthly rent|~vermieter|~mieter|~kaltmiete|bailleur|locataire"
        "|preneur|loyer|arrendador|arrendatario|locatore|conduttore|canone di locazione",
        hints="rent|deposit|lease|miete|kaution|bail|caution|alquiler|fianza|affitto|term|repair",
    ),
    Genre(
        name="employment contract",
        names="employment|employment agreement|work contract|~arbeitsvertrag|~anstellungsvertrag|contrat de travail"
        "|contrato de trabajo|contrato laboral|contratto di lavoro",
        signs="employer|employee|probationary period|~arbeitgeber|~arbeitnehmer|~probezeit|employeur|salarie"
        "|periode d essai|empleador|trabajador|periodo de prueba|datore di lavoro|lavoratore|periodo di prova",
        hints="salary|working hours|holidays|vacation|verguetung|vergutung|urlaub|salaire|conges|salario|jornada|ferie"
        "|retribuzione|position|duties",
    ),
    Genre(
        name="non-disclosure agreement",
        names="nda|non disclosure|confidentiality agreement|confidentiality|~geheimhaltungsvereinbarung|geheimhaltung"
        "|~verschwiegenheit|accord de confidentialite|confidentialite|acuerdo de confidencialidad|confidencialidad"
        "|accordo di riservatezza|riservatezza",
        signs="confidential information|receiving party|disclosing party|non disclosure|~geheimhaltung|vertrauliche"
        "|informations confidentielles|confidencialidad|informacion confidencial|riservatezza|informazioni riservate"
        "|riservate|divulgarle",
        hints="confidence|trade secrets|disclose|third parties|dritte|divulguer|tiers|terceros|terzi|segreto",
    ),
    Genre(
        name="loan agreement",
        names="loan|credit agreement|mortgage|~darlehen|~darlehensvertrag|~kreditvertrag|~kredit|pret|contrat de pret"
        "|prestamo|contrato de prestamo|mutuo|prestito|finanziamento",
        signs="borrower|lender|interest rate|repay|~darlehensnehmer|~darlehensgeber|~kreditnehmer|emprunteur|preteur"
        "|prestamista|prestatario|mutuatario|mutuante|promissory note",
        hints="loan|instalments|installments|interest|principal|zinsen|raten|tilgung|taux|mensualites|cuotas|interes"
        "|rate|tasso|default",
    ),
    Genre(
        name="contract of sale",
        names="sale|sales contract|purchase agreement|sale agreement|bill of sale|~kaufvertrag|contrat de vente|vente"
        "|compraventa|contrato de compraventa|compravendita|vendita",
        signs="seller|buyer|purchaser|purchase price|~verkaufer|~kaufer|~kaufpreis|kaufvertrag|vendeur|acheteur"
        "|acquereur|vendedor|comprador|venditore|acquirente|sold as seen",
        hints="price|title|ownership|eigentum|ubergabe|propriete|propiedad|proprieta|delivery|warranty|gewahrleistung",
    ),
    Genre(
        name="power of attorney",
        names="authorization|authorisation|mandate|proxy|~vollmacht|procuration|pouvoir|mandat|poder|poder notarial"
        "|procura|delega",
        signs="power of attorney|attorney in fact|act on my behalf|in my name|on my behalf|~vollmacht|bevollmachtige"
        "|bevollmachtigt|procuration|donne pouvoir|apoderado|otorga poder|procuratore|delego|conferisce procura",
        hints="appoint|undersigned|represent|vertreten|soussigne|mandataire|representar|rappresentare|sottoscritto",
    ),
    Genre(
        name="law or regulation",
        names="law|act|statute|regulation|directive|legislation|decree|~gesetz|~verordnung|loi|decret|reglement|ley"
        "|decreto|reglamento|legge|regolamento|standard",
        signs="official journal|be it enacted|whereas|member states shall|bundesgesetzblatt|tritt in kraft"
        "|journal officiel|boletin oficial|gazzetta ufficiale|this directive|this regulation|amending",
        hints="article|section|paragraph|paragraphs|pursuant|absatz|artikel|alinea|articulo|comma|shall|commission",
        facts="clauses:1|slip:-2|amounts:-1",
    ),
    Genre(
        name="court decision",
        names="judgment|judgement|ruling|court order|court document|pleading|~urteil|~beschluss|~klage|jugement|arret"
        "|sentencia|sentenza|ordinanza",
        signs="plaintiff|defendant|appellant|respondent|petitioner|~klager|~beklagte|landgericht|amtsgericht"
        "|im namen des volkes|demandeur|defendeur|cour d appel|tribunal|demandante|demandado|ricorrente|convenuto",
        hints="court|judge|appeal|ruling|gericht|urteil|jugement|juzgado|sentencia|tribunale|giudice|evidence|case no",
    ),
    Genre(
        name="patent",
        names="patents|patent application|~patentschrift|brevet|patente|brevetto",
        signs="what is claimed|prior art|embodiment|patentanspruch|revendication|reivindicacion|rivendicazione"
        "|field of the invention|said device",
        hints="invention|claims|patent|inventor|erfindung|brevet|invento|invenzione|fig",
    ),
)
HEALTH = (
    Genre(
        name="discharge summary",
        names="discharge letter|hospital discharge|~entlassungsbrief|~entlassbrief|~arztbrief"
        "|compte rendu d hospitalisation"
        "|lettre de sortie|informe de alta|lettera di dimissione|dimissione",
        signs="was admitted|discharge|discharged|goes home|stationaren behandlung|stationarer|entlassen|hospitalise"
        "|hospitalisee|traitement de sortie|retour a domicile|dado de alta|al alta|ingreso|dimesso|dimessa|ricoverato",
        hints="patient|treatment|diagnosis|diagnosen|therapie|follow up|course|evolution|diagnostic|diagnostico"
        "|diagnosi",
    ),
    Genre(
        name="radiology report",
        names="radiology|imaging report|x ray report|~rontgenbefund|~befundbericht radiologie|radiologie"
        "|compte rendu de radiologie|imagerie|informe radiologico|radiologia|referto radiologico",
        signs="ct|mri|x ray|ultrasound|radiograph|impression|rontgen|mrt|computertomographie|sonographie|irm|scanner"
        "|echographie|radiographie|resonancia magnetica|tac|ecografia|radiografia|risonanza|beurteilung|contrast",
        hints="findings|lesion|nodule|effusion|erguss|infiltrate|befund|lesions|derrame|hallazgos|referto|axial"
        "|technique",
    ),
    Genre(
        name="laboratory report",
        names="lab report|laboratory|lab results|blood test|~laborbefund|~laborbericht|labor|analyses de laboratoire"
        "|analyses|bilan sanguin|analisis de laboratorio|analitica|esami di laboratorio|analisi",
        signs="mmol|mg dl|g dl|umol|u l|mu l|nl|specimen|reference range|serum|plasma|haemoglobin|hemoglobin|creatinine"
        "|leukozyten|thrombozyten|probeneingang|referenzbereich|valeurs de reference|valores de referencia"
        "|valori di riferimento|campione|glucosio|glucose|colesterolo|cholesterol|urine",
        hints="sodium|potassium|crp|blood|blut|sang|sangre|sangue|result|normal|hematologie|hamatologie|hematologia",
    ),
    Genre(
        name="prescription",
        names="rx|drug prescription|~rezept|~verordnung arznei|ordonnance|receta|receta medica|ricetta|ricetta medica"
        "|prescrizione",
        signs="rx|dispense|refills|aut idem|tablets|capsules|three times a day|twice a day|tabletten|comprime|gelule"
        "|qsp|comprimidos|capsulas|compresse|ordonnance|receta|einzunehmen|posologie|posologia",
        hints="mg|take|daily|morning|matin|dose|n1|n2|n3|days|jours|dias|giorni|mahlzeiten|tropfen",
    ),
    Genre(
        name="operative note",
        names="operative report|operation report|surgical report|surgery report|~operationsbericht|~op bericht"
        "|compte rendu operatoire|protocolo operatorio|informe quirurgico|verbale operatorio|descrizione intervento",
        signs="incision|anaesthesia|anesthesia|sutured|suture|blood loss|laparoscopic|hautschnitt|wundverschluss"
        "|~anasthesie|~narkose|incisione|anesthesie|incision|sutura|emostasi|hemostase|hemostasia|bloc operatoire",
        hints="procedure|divided|clipped|drain|port|naht|lagerung|intervento|intervention|cirugia|rete|operation|sacco",
    ),
    Genre(
        name="referral letter",
        names="referral|~uberweisung|~uberweisungsschein|lettre d adressage|lettre de liaison|carta de derivacion"
        "|derivacion|lettera di invio|impegnativa",
        signs="grateful if you could see|i would be grateful|refer|referral|uberweise|mitbeurteilung|je vous adresse"
        "|vous remercie de recevoir|le remito|para valoracion|invio alla sua attenzione|dear colleague|herr kollege"
        "|frau kollegin|estimado companero|cher confrere|caro collega",
        hints="specialist|advise|opinion|termin|avis|seguimiento|valutazione|history of|investigation",
    ),
)
