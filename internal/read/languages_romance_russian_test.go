package read

import (
	"testing"
	"time"

	"parley/internal/actors"
	"parley/internal/dates"
	"parley/internal/news"
)

// A line of copy in one of the languages: a headline, or a lead when lead is
// set. want is the first kind, empty for silence.
type copyLine struct {
	lead bool
	text string
	want news.Kind
}

// polyglot knows the few sides that the lines name, in every form they stand
// in, so that the lexicons are tested and not the names.
func polyglot(t *testing.T) *Engine {
	t.Helper()
	index, err := actors.New([]actors.Actor{
		{ID: "iran", Kind: actors.State, Title: "Iran", Names: []string{"Irán", "Téhéran", "Teherán", "Иран", "Ирана", "Ирану", "Ираном", "Иране", "Тегеран", "Тегерана", "Тегерану", "Тегераном", "Тегеране"}},
		{ID: "united-states", Kind: actors.State, Title: "United States", Names: []string{"États-Unis", "Washington", "Estados Unidos", "EEUU", "США", "Вашингтон", "Вашингтона", "Вашингтону", "Вашингтоном"}},
		{ID: "israel", Kind: actors.State, Title: "Israel", Names: []string{"Israël", "Израиль", "Израиля", "Израилю", "Израилем"}},
		{ID: "hamas", Kind: actors.Group, Title: "Hamas", Names: []string{"Hamás", "ХАМАС", "ХАМАСа"}},
		{ID: "russia", Kind: actors.State, Title: "Russia", Names: []string{"Russie", "Moscou", "Rusia", "Moscú", "Россия", "России", "Россией", "Россию", "Москва", "Москвы", "Москвой", "Москве", "Москву"}},
		{ID: "ukraine", Kind: actors.State, Title: "Ukraine", Names: []string{"Kiev", "Ucrania", "Украина", "Украины", "Украиной", "Украине", "Украину", "Киев", "Киева", "Киеву", "Киевом"}},
		{ID: "armenia", Kind: actors.State, Title: "Armenia", Names: []string{"Arménie", "Erevan", "Армения", "Армении", "Арменией", "Армению", "Ереван", "Еревана", "Ереваном", "Еревану"}},
		{ID: "azerbaijan", Kind: actors.State, Title: "Azerbaijan", Names: []string{"Azerbaïdjan", "Bakou", "Азербайджан", "Азербайджана", "Азербайджаном", "Азербайджану", "Баку"}},
		{ID: "turkey", Kind: actors.State, Title: "Turkey", Names: []string{"Turquie", "Ankara", "Turquía", "Турция", "Турции", "Турцией", "Турцию", "Анкара", "Анкары", "Анкаре"}},
		{ID: "qatar", Kind: actors.State, Title: "Qatar", Names: []string{"Catar", "Катар", "Катара", "Катару", "Катаром", "Доха", "Дохи"}},
		{ID: "kazakhstan", Kind: actors.State, Title: "Kazakhstan", Names: []string{"Казахстан", "Казахстана", "Казахстану", "Астана"}},
		{ID: "m23", Kind: actors.Group, Title: "M23"},
		{ID: "congo-kinshasa", Kind: actors.State, Title: "DR Congo", Names: []string{"RDC", "Kinshasa"}},
		{ID: "rwanda", Kind: actors.State, Title: "Rwanda", Names: []string{"Kigali"}},
		{ID: "mali", Kind: actors.State, Title: "Mali", Names: []string{"Bamako"}},
		{ID: "sudan", Kind: actors.State, Title: "Sudan", Names: []string{"Soudan", "Khartoum"}},
		{ID: "algeria", Kind: actors.State, Title: "Algeria", Names: []string{"Algérie", "Alger"}},
		{ID: "colombia", Kind: actors.State, Title: "Colombia", Names: []string{"Bogotá", "Gobierno colombiano"}},
		{ID: "eln", Kind: actors.Group, Title: "ELN"},
		{ID: "venezuela", Kind: actors.State, Title: "Venezuela", Names: []string{"Caracas"}},
		{ID: "guyana", Kind: actors.State, Title: "Guyana", Names: []string{"Georgetown"}},
		{ID: "norway", Kind: actors.State, Title: "Norway", Names: []string{"Noruega", "Norvège", "Норвегия", "Норвегии"}},
		{ID: "mexico", Kind: actors.State, Title: "Mexico", Names: []string{"México"}},
		{ID: "cuba", Kind: actors.State, Title: "Cuba", Names: []string{"La Habana"}},
		{ID: "serbia", Kind: actors.State, Title: "Serbia", Names: []string{"Сербия", "Сербии", "Сербией", "Белград", "Белграда", "Белграду", "Белградом"}},
		{ID: "kosovo", Kind: actors.State, Title: "Kosovo", Names: []string{"Косово", "Приштина", "Приштины", "Приштине", "Приштиной"}},
		{ID: "united-nations", Kind: actors.Organisation, Title: "United Nations", Names: []string{"ONU", "ООН"}},
		{ID: "european-union", Kind: actors.Organisation, Title: "European Union", Names: []string{"UE", "Bruxelles", "Bruselas", "ЕС", "Евросоюз", "Евросоюза"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := dates.New()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(index, tagger, nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// readLines checks each line by itself, on a Thursday.
func readLines(t *testing.T, language string, lines []copyLine) {
	t.Helper()
	e := polyglot(t)
	kinds := map[news.Kind]bool{}
	for _, c := range lines {
		item := news.Item{ID: "1", Language: language, Title: c.text, Published: time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)}
		if c.lead {
			item.Title, item.Text = "", c.text
		}
		r := e.Read(item).Reading
		got, why := news.Kind(""), ""
		if len(r.Developments) > 0 {
			got = r.Developments[0].Kind
		}
		if r.Silence != nil {
			why = *r.Silence
		}
		if got != c.want {
			t.Errorf("%s: %q\n\tgot %q, want %q (language %s; %s)", language, c.text, got, c.want, r.Language, why)
		}
		kinds[c.want] = true
	}
	for _, k := range news.Kinds() {
		if !kinds[k] {
			t.Errorf("%s: no line of kind %s", language, k)
		}
	}
}

func TestFrench(t *testing.T) {
	t.Parallel()
	readLines(t, "fr", []copyLine{
		{false, "L'Iran et les États-Unis reprendront les pourparlers, selon le Qatar", news.TalksScheduled},
		{true, "Les négociations entre Israël et le Hamas reprendront dans les prochains jours, a annoncé le Qatar.", news.TalksScheduled},
		{true, "Une nouvelle rencontre entre Kinshasa et le M23 aura lieu à Doha, a indiqué le médiateur.", news.TalksScheduled},
		{true, "Les deux délégations doivent se réunir de nouveau, ont confirmé la Russie et l'Ukraine.", news.TalksScheduled},
		{true, "La RDC et le Rwanda sont convenus de reprendre le dialogue, a déclaré le chef de la diplomatie angolaise.", news.TalksScheduled},
		{false, "Reprise des pourparlers entre la RDC et le M23", news.TalksStarted},
		{true, "Les discussions indirectes entre l'Iran et les États-Unis se sont ouvertes à Mascate.", news.TalksStarted},
		{false, "Ouverture des négociations entre Bamako et Alger", news.TalksStarted},
		{true, "Les pourparlers entre Moscou et Kiev ont repris, a confirmé la Turquie.", news.TalksStarted},
		{false, "Fin des pourparlers entre l'Iran et les États-Unis", news.TalksEnded},
		{true, "Le troisième cycle de négociations entre la Russie et l'Ukraine s'est achevé à Istanbul, a déclaré la délégation russe.", news.TalksEnded},
		{false, "RDC-Rwanda : la rencontre ministérielle reportée sine die", news.TalksPostponed},
		{true, "Les pourparlers entre le Soudan et les rebelles ont été ajournés, a annoncé l'ONU.", news.TalksPostponed},
		{false, "L'Arménie annule une réunion avec l'Azerbaïdjan", news.TalksCancelled},
		{true, "La rencontre prévue entre Bakou et Erevan n'aura pas lieu, a fait savoir l'Azerbaïdjan.", news.TalksCancelled},
		{false, "Le M23 suspend les discussions avec Kinshasa", news.TalksSuspended},
		{true, "Les pourparlers entre Israël et le Hamas ont été interrompus, a déclaré le Qatar.", news.TalksSuspended},
		{false, "Le Hamas se retire des négociations avec Israël", news.TalksSuspended},
		{false, "La Norvège propose sa médiation entre Khartoum et les rebelles", news.MediationOffered},
		{true, "L'Algérie se dit prête à accueillir des pourparlers entre Bamako et les groupes du nord, a déclaré son ministre.", news.MediationOffered},
		{true, "Le Qatar a transmis un message de Washington à Téhéran, a indiqué son ministère.", news.MessageConveyed},
		{false, "L'Iran remet sa réponse aux États-Unis via le Qatar", news.MessageConveyed},
		{false, "La Russie propose un cessez-le-feu de trente jours à l'Ukraine", news.ProposalMade},
		{true, "La Turquie a présenté une nouvelle proposition à la Russie et à l'Ukraine, a dit son ministre.", news.ProposalMade},
		{false, "Le Hamas accepte la proposition de trêve du Qatar", news.ProposalAccepted},
		{true, "Kinshasa a approuvé le projet d'accord soumis par le Qatar, a affirmé son porte-parole.", news.ProposalAccepted},
		{false, "Israël rejette l'offre de trêve du Hamas", news.ProposalRejected},
		{true, "Téhéran a refusé la proposition américaine, a déclaré son ministre.", news.ProposalRejected},
		{false, "La RDC et le M23 parviennent à un accord de principe", news.AgreementReached},
		{true, "Israël et le Hamas se sont entendus sur une trêve, a annoncé le Qatar.", news.AgreementReached},
		{false, "L'Arménie et l'Azerbaïdjan signent un traité de paix", news.AgreementSigned},
		{true, "Le cessez-le-feu entre Israël et le Hamas est entré en vigueur, a confirmé le Qatar.", news.AgreementSigned},
		{false, "Kinshasa accuse le M23 d'avoir violé le cessez-le-feu", news.ViolationAlleged},
		{true, "L'Ukraine a dénoncé une violation de la trêve par la Russie.", news.ViolationAlleged},
		{true, "Les discussions avec les États-Unis ont été « constructives », a déclaré l'Iran.", news.Atmosphere},
		{false, "Nucléaire : l'Iran juge les discussions avec Washington difficiles", news.Atmosphere},
		{true, "D'importantes divergences persistent entre Israël et le Hamas, a déclaré le Qatar.", news.GapsNamed},
		{false, "Washington lance un ultimatum à l'Iran pour conclure un accord", news.Ultimatum},
		{false, "L'UE impose de nouvelles sanctions à la Russie", news.SanctionsImposed},
		{false, "Washington lève des sanctions contre l'Iran", news.SanctionsEased},
		{false, "Téhéran dément toute négociation directe avec Washington", news.Denial},
		{true, "La Russie a démenti que des pourparlers aient repris avec l'Ukraine.", news.Denial},

		{false, "L'ONU appelle la RDC et le M23 à reprendre les pourparlers", ""},
		{true, "La Turquie souhaite relancer les négociations entre la Russie et l'Ukraine, a dit son président.", ""},
		{true, "Les pourparlers entre l'Iran et les États-Unis pourraient reprendre, a dit le Qatar.", ""},
		{true, "Si l'Iran et les États-Unis reprennent les négociations, le Qatar les accueillera, dit-on à Doha.", ""},
		{false, "Aucune date fixée pour les pourparlers entre l'Iran et les États-Unis", ""},
		{true, "Les négociations entre Moscou et Kiev n'ont pas repris, a dit la Turquie.", ""},
		{true, "L'Arménie et l'Azerbaïdjan avaient suspendu leurs négociations.", ""},
		{true, "Le Hamas refuse de reprendre les négociations avec Israël.", ""},
		{false, "Analyse : pourquoi l'Iran et les États-Unis ont repris les pourparlers", ""},
		{false, "Grève : reprise des négociations salariales entre les syndicats et la direction de la compagnie aérienne", ""},
		{false, "L'Iran et les États-Unis reprendront-ils les pourparlers ?", ""},
		{true, "En 2015, l'Iran et les États-Unis ont signé un accord à Vienne.", ""},

		{true, "Des combats ont eu lieu mercredi entre le M23 et l'armée de la RDC, selon l'ONU.", ""},
		{true, "Les combats se poursuivent entre Israël et le Hamas, a dit l'ONU.", ""},
		{true, "La Russie est prête à frapper l'Ukraine, a averti l'UE.", ""},
		{true, "L'ONU a demandé à la RDC et au Rwanda de reprendre les pourparlers de Luanda.", ""},
		{true, "La Turquie a proposé d'accueillir des pourparlers entre la Russie et l'Ukraine, a dit son ministre.", news.MediationOffered},
		{true, "Israël et le Hamas ont conclu un accord sur un échange de prisonniers, a annoncé le Qatar.", news.AgreementReached},
		{true, "L'Iran et les États-Unis auraient repris des discussions secrètes, selon la presse.", news.TalksStarted},
		{true, "Les États-Unis ont invité la Russie et l'Ukraine à une réunion à Genève, a indiqué un responsable.", news.MediationOffered},
		{true, "La Russie a suspendu sa participation à l'accord avec les États-Unis.", news.ViolationAlleged},
		{true, "Après la suspension des pourparlers, l'Iran et les États-Unis campent sur leurs positions.", ""},
		{false, "L'Iran et les États-Unis vont reprendre leurs négociations", news.TalksScheduled},
		{false, "RDC : le M23 claque la porte des négociations de Doha avec Kinshasa", news.TalksSuspended},
		{false, "Ukraine : Moscou rejette un cessez-le-feu proposé par Kiev", news.ProposalRejected},
		{false, "Le Mali et l'Algérie ouvrent des discussions", news.TalksStarted},
		{true, "L'Azerbaïdjan menace de quitter les pourparlers avec l'Arménie si un accord n'est pas trouvé.", news.Ultimatum},
		{false, "Bruxelles et Washington : accord trouvé sur les droits de douane", news.AgreementReached},
		{true, "Le Hamas dit étudier la proposition de trêve transmise par le Qatar à Israël.", ""},
		{true, "Le Rwanda nie soutenir le M23 en RDC.", ""},
		{true, "Le Qatar a salué la reprise des pourparlers entre l'Iran et les États-Unis.", news.TalksStarted},
	})
}

func TestSpanish(t *testing.T) {
	t.Parallel()
	readLines(t, "es", []copyLine{
		{false, "Irán y EEUU reanudarán las negociaciones, según Catar", news.TalksScheduled},
		{true, "El Gobierno colombiano y el ELN se reunirán de nuevo en La Habana, anunció la delegación.", news.TalksScheduled},
		{true, "Las conversaciones entre Israel y Hamás van a reanudarse, dijo el mediador catarí.", news.TalksScheduled},
		{true, "Venezuela y Guyana acordaron reanudar el diálogo, informó la cancillería de Brasil.", news.TalksScheduled},
		{false, "Nueva ronda de diálogo entre Colombia y el ELN prevista en Caracas", news.TalksScheduled},
		{false, "Arranca la segunda ronda de negociaciones entre Rusia y Ucrania", news.TalksStarted},
		{true, "Los diálogos de paz con el ELN se reanudaron en Caracas, confirmó el Gobierno colombiano.", news.TalksStarted},
		{false, "Colombia y el ELN retoman el diálogo", news.TalksStarted},
		{false, "Inicio de las conversaciones entre Irán y Estados Unidos", news.TalksStarted},
		{true, "Concluyó el cuarto ciclo de conversaciones entre Colombia y el ELN, según un comunicado conjunto.", news.TalksEnded},
		{false, "Terminan las negociaciones entre Rusia y Ucrania", news.TalksEnded},
		{false, "Aplazada la reunión entre Irán y Estados Unidos", news.TalksPostponed},
		{true, "La próxima ronda entre Venezuela y Guyana fue pospuesta, indicó la cancillería.", news.TalksPostponed},
		{false, "Guyana cancela la reunión con Venezuela", news.TalksCancelled},
		{true, "La cita entre Rusia y Ucrania no se celebrará, confirmó Moscú.", news.TalksCancelled},
		{false, "Suspendido el diálogo entre Colombia y el ELN", news.TalksSuspended},
		{true, "El ELN se levantó de la mesa de diálogo con Bogotá, según el jefe negociador.", news.TalksSuspended},
		{true, "Israel y Hamás rompieron las conversaciones, dijo Catar.", news.TalksSuspended},
		{false, "México se ofrece como mediador entre Colombia y el ELN", news.MediationOffered},
		{true, "Noruega está dispuesta a mediar entre Venezuela y Guyana, dijo su ministro.", news.MediationOffered},
		{true, "Catar entregó a Irán un mensaje de Estados Unidos, informó su cancillería.", news.MessageConveyed},
		{false, "Turquía transmite a Moscú la respuesta de Ucrania", news.MessageConveyed},
		{true, "El ELN propuso un cese al fuego de tres meses al Gobierno colombiano.", news.ProposalMade},
		{false, "Estados Unidos presenta una propuesta de paz a Rusia y Ucrania", news.ProposalMade},
		{false, "Hamás acepta la propuesta de tregua de Catar", news.ProposalAccepted},
		{true, "Guyana aceptó la oferta de diálogo de Venezuela, señaló su presidente.", news.ProposalAccepted},
		{false, "Irán rechaza la oferta de Estados Unidos", news.ProposalRejected},
		{true, "Bogotá descartó la propuesta del ELN, afirmó el ministro.", news.ProposalRejected},
		{false, "Israel y Hamás alcanzan un acuerdo de alto el fuego", news.AgreementReached},
		{true, "Colombia y el ELN pactaron una tregua humanitaria, anunció la ONU.", news.AgreementReached},
		{false, "Armenia y Azerbaiyán firman el acuerdo de paz", news.AgreementSigned},
		{true, "El cese al fuego entre Colombia y el ELN entró en vigor, confirmó la ONU.", news.AgreementSigned},
		{false, "Ucrania acusa a Rusia de violar la tregua", news.ViolationAlleged},
		{true, "El Gobierno colombiano denunció que el ELN incumplió el cese al fuego.", news.ViolationAlleged},
		{true, "El diálogo con Estados Unidos fue «constructivo», dijo Irán.", news.Atmosphere},
		{false, "Irán califica de difíciles las conversaciones con EEUU", news.Atmosphere},
		{true, "Persisten importantes diferencias entre Israel y Hamás, señaló Catar.", news.GapsNamed},
		{false, "Ultimátum de Estados Unidos a Irán para cerrar un acuerdo", news.Ultimatum},
		{false, "La UE impone nuevas sanciones a Rusia", news.SanctionsImposed},
		{false, "Washington levanta sanciones a Venezuela", news.SanctionsEased},
		{false, "Rusia desmiente que haya negociaciones secretas con Ucrania", news.Denial},
		{true, "Es falso que el ELN haya suspendido los diálogos, aseguró el Gobierno colombiano.", news.Denial},

		{false, "La ONU pide a Venezuela y Guyana reanudar el diálogo", ""},
		{true, "Irán y Estados Unidos deben reanudar las negociaciones, dijo la ONU.", ""},
		{true, "Las conversaciones entre Rusia y Ucrania podrían reanudarse, dijo Turquía.", ""},
		{true, "México espera que se reanuden los diálogos entre Colombia y el ELN.", ""},
		{true, "Si el ELN cumple, el Gobierno colombiano reanudará los diálogos, dijo el ministro.", ""},
		{false, "Sin fecha para la próxima reunión entre Venezuela y Guyana", ""},
		{true, "Las negociaciones entre Irán y Estados Unidos no se han reanudado, dijo Catar.", ""},
		{true, "El ELN se niega a retomar el diálogo con Bogotá, dijo el ministro.", ""},
		{false, "Análisis: qué esperar si Rusia y Ucrania reanudan el diálogo", ""},
		{false, "Sindicatos y aerolínea reanudan la negociación del convenio colectivo", ""},
		{false, "¿Reanudarán Irán y EEUU las negociaciones?", ""},
		{true, "En 2016, el Gobierno colombiano y las FARC firmaron el acuerdo de paz en Cartagena.", ""},

		{true, "Hubo combates entre Israel y Hamás que continúan en el norte, dijo la ONU.", ""},
		{true, "Irán está dispuesto a atacar a Israel, advirtió su ministro.", ""},
		{true, "Rusia ofrece diálogo a Ucrania, dijo su portavoz.", news.ProposalMade},
		{true, "La ONU instó a Venezuela y Guyana a retomar las conversaciones.", ""},
		{true, "El presidente de México llamó a Colombia y al ELN a volver a la mesa.", ""},
		{true, "Noruega ofreció mediar entre Colombia y el ELN, dijo su canciller.", news.MediationOffered},
		{true, "Rusia y Ucrania habrían retomado contactos secretos, según medios locales.", news.TalksStarted},
		{true, "Estados Unidos e Irán acordaron extender la tregua, informó Catar.", news.AgreementReached},
		{true, "El ELN y el Gobierno colombiano se sentarán a dialogar en Caracas, dijo Venezuela.", news.TalksScheduled},
		{true, "Rusia suspendió su participación en el acuerdo con Ucrania.", news.ViolationAlleged},
		{true, "Tras la suspensión de los diálogos, Colombia y el ELN cruzan acusaciones.", ""},
		{false, "Fracasan las negociaciones entre Rusia y Ucrania", news.TalksSuspended},
		{false, "Gobierno colombiano y ELN firman acuerdo de cese al fuego", news.AgreementSigned},
		{false, "EEUU e Irán se reunirán en Omán", news.TalksScheduled},
		{false, "Israel y Hamás, cerca de un acuerdo", ""},
		{true, "El ELN amenazó con levantarse de la mesa si el Gobierno colombiano no cumple los acuerdos.", news.Ultimatum},
		{true, "La mesa de diálogo entre Colombia y el ELN quedó congelada, dijo la delegación.", news.TalksSuspended},
		{true, "Venezuela negó que exista una propuesta de Guyana.", news.Denial},
		{true, "Catar celebró la reanudación de las conversaciones entre Israel y Hamás.", news.TalksStarted},
		{true, "Avanzan las conversaciones entre Rusia y Ucrania, señaló Turquía.", ""},
	})
}

func TestRussian(t *testing.T) {
	t.Parallel()
	readLines(t, "ru", []copyLine{
		{false, "Переговоры Ирана и США возобновятся в Маскате — Катар", news.TalksScheduled},
		{true, "Следующий раунд переговоров России и Украины состоится в Стамбуле, сообщил представитель Турции.", news.TalksScheduled},
		{true, "Встреча делегаций Армении и Азербайджана намечена в Астане, заявили в МИД.", news.TalksScheduled},
		{true, "Белград и Приштина договорились возобновить диалог, сообщили в ЕС.", news.TalksScheduled},
		{false, "Встреча представителей Ирана и США запланирована в Женеве", news.TalksScheduled},
		{false, "Переговоры России и Украины начались в Стамбуле", news.TalksStarted},
		{true, "Армения и Азербайджан возобновили переговоры по мирному договору, сообщили в МИД.", news.TalksStarted},
		{false, "Возобновление переговоров между Ираном и США", news.TalksStarted},
		{true, "В Брюсселе стартовал новый раунд переговоров Сербии и Косово, сообщили в ЕС.", news.TalksStarted},
		{false, "Завершился второй раунд переговоров Израиля и ХАМАС", news.TalksEnded},
		{true, "Россия и Украина провели переговоры в Стамбуле, заявили в Москве.", news.TalksEnded},
		{false, "Переговоры Ирана и США отложены", news.TalksPostponed},
		{true, "Встреча Белграда и Приштины перенесена, сообщили в Евросоюзе.", news.TalksPostponed},
		{false, "Ереван отменил встречу с Баку", news.TalksCancelled},
		{true, "Встреча Армении и Азербайджана не состоится, заявили в Баку.", news.TalksCancelled},
		{false, "Иран приостановил переговоры с США", news.TalksSuspended},
		{true, "Переговоры Израиля и ХАМАС сорваны, заявил Катар.", news.TalksSuspended},
		{false, "Делегация Украины покинула переговоры с Россией", news.TalksSuspended},
		{false, "Турция готова предоставить площадку для переговоров России и Украины", news.MediationOffered},
		{true, "Норвегия предложила свое посредничество Белграду и Приштине, сообщил ее МИД.", news.MediationOffered},
		{false, "Казахстан готов стать посредником между Арменией и Азербайджаном", news.MediationOffered},
		{true, "Катар передал Тегерану послание США, сообщил представитель МИД.", news.MessageConveyed},
		{false, "Иран вручил Катару ответ на письмо США", news.MessageConveyed},
		{false, "Россия предложила Украине перемирие", news.ProposalMade},
		{true, "США представили новый план урегулирования России и Украине, сообщил источник.", news.ProposalMade},
		{false, "ХАМАС принял предложение Катара о перемирии", news.ProposalAccepted},
		{true, "Киев согласился на предложение США, заявили в Вашингтоне.", news.ProposalAccepted},
		{false, "Израиль отверг предложение ХАМАС", news.ProposalRejected},
		{true, "Тегеран отклонил условия США, заявил министр.", news.ProposalRejected},
		{false, "Израиль и ХАМАС договорились о прекращении огня", news.AgreementReached},
		{true, "Россия и Украина достигли соглашения об обмене пленными, сообщила Турция.", news.AgreementReached},
		{false, "Армения и Азербайджан подписали мирный договор", news.AgreementSigned},
		{true, "Перемирие между Израилем и ХАМАС вступило в силу, подтвердил Катар.", news.AgreementSigned},
		{false, "Минобороны Армении: Азербайджан нарушил режим прекращения огня", news.ViolationAlleged},
		{true, "Баку обвинил Ереван в нарушении режима прекращения огня, сообщили в МИД Азербайджана.", news.ViolationAlleged},
		{true, "Разговор с США был конструктивным, заявил представитель Ирана.", news.Atmosphere},
		{false, "Иран назвал переговоры с США сложными", news.Atmosphere},
		{true, "Между Израилем и ХАМАС сохраняются серьезные разногласия, заявил Катар.", news.GapsNamed},
		{false, "США предъявили Ирану ультиматум по ядерной сделке", news.Ultimatum},
		{false, "ЕС ввел новые санкции против России", news.SanctionsImposed},
		{false, "США сняли санкции с Ирана", news.SanctionsEased},
		{false, "Тегеран опроверг сообщения о прямых переговорах с США", news.Denial},
		{true, "Информация о переговорах с Украиной не соответствует действительности, заявила Россия.", news.Denial},

		{false, "ООН призвала Россию и Украину возобновить переговоры", ""},
		{true, "Турция надеется возобновить переговоры России и Украины, заявил президент.", ""},
		{true, "Стороны могут возобновить переговоры, считают в Иране.", ""},
		{true, "Если Иран и США возобновят переговоры, Катар их примет, заявили в Дохе.", ""},
		{false, "Дата переговоров Ирана и США не определена", ""},
		{true, "Переговоры Армении и Азербайджана не возобновились, сообщили в Ереване.", ""},
		{true, "Иран отказался возобновить переговоры с США, сообщили в Вашингтоне.", ""},
		{false, "Аналитика: почему Россия и Украина возобновили переговоры", ""},
		{false, "Профсоюз авиакомпании возобновил переговоры о зарплате", ""},
		{false, "Возобновятся ли переговоры Ирана и США?", ""},
		{true, "В 2015 году Иран и США подписали соглашение в Вене.", ""},
		{true, "Встреча Белграда и Приштины была запланирована в Брюсселе, напомнили в ЕС.", ""},

		{true, "Бои между Израилем и ХАМАС продолжаются, сообщила ООН.", ""},
		{true, "Россия готова нанести удар по Украине, заявил министр.", ""},
		{true, "ООН призывает Армению и Азербайджан вернуться за стол переговоров.", ""},
		{true, "По словам президента Турции, необходимо возобновить переговоры России и Украины.", ""},
		{true, "Россия и Украина обменялись пленными, сообщили в Минобороны.", ""},
		{false, "СМИ: США и Иран провели тайные переговоры", news.TalksEnded},
		{false, "Россия вышла из соглашения с США", news.ViolationAlleged},
		{false, "Переговоры Сербии и Косово провалились", news.TalksSuspended},
		{false, "Песков: дата переговоров России и США не назначена", ""},
		{true, "После срыва переговоров Израиль и ХАМАС обвинили друг друга.", ""},
		{true, "Стороны договорились о проведении нового раунда переговоров, сообщили Россия и Украина.", news.TalksScheduled},
		{true, "Ожидается, что переговоры Ирана и США возобновятся, заявил Катар.", news.TalksScheduled},
		{true, "Иран изучает предложение США, сообщил представитель МИД.", ""},
		{false, "Иран пригрозил США выйти из переговоров по сделке", news.Ultimatum},
		{true, "Катар приветствовал возобновление переговоров Израиля и ХАМАС.", news.TalksStarted},
		{false, "Армения и Азербайджан согласовали текст мирного договора", news.AgreementReached},
		{false, "США продлили санкции против Ирана", news.SanctionsImposed},
		{false, "Встреча Белграда и Приштины не состоялась", ""},
		{true, "Турция пригласила Россию и Украину на новый раунд переговоров в Стамбул.", news.MediationOffered},
	})
}
