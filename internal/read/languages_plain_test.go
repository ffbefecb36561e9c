package read

import "parley/internal/news"

// Headlines as plain desks have them: a mood without a quote, threats with an "if", papers
// that one side gives the other, who leaves after talks.

var plainEnglish = []freshCase{
	{news.Atmosphere, "party", "", "Kosovo optimistic on deal with Serbia", ""},
	{news.Atmosphere, "party", "", "Vucic frustrated with pace of Kosovo dialogue", ""},
	{news.Atmosphere, "mediator", "", "Oman encouraged by Iran-US talks", ""},
	{news.Atmosphere, "party", "", "Iran says talks with US moving in right direction", ""},
	{news.Atmosphere, "party", "", "Talks with Cambodia going nowhere, Thai minister says", ""},
	{news.Atmosphere, "party", "", "India, US trade talks useful — Indian official", "Commerce secretary Arvind Pahuja spoke to reporters in Delhi."},
	{news.Atmosphere, "party", "", "Delhi describes exchange with Islamabad as frank", ""},
	{news.Atmosphere, "mediator", "", "Israel, Hamas inching closer, mediator says", ""},
	{news.GapsNamed, "", "", "Row over quotas holds up EU-UK deal", ""},
	{news.GapsNamed, "mediator", "", "Kinshasa, M23 far apart on prisoners, Qatar says", ""},
	{news.Ultimatum, "party", "", "Hamas threatens to quit talks unless Israel opens crossings", ""},
	{news.Ultimatum, "party", "", "Russia will walk out of talks if Ukraine attacks again, Kremlin says", ""},
	{news.Ultimatum, "party", "", "Ethiopia threatens to close dam gates unless Egypt signs by Friday", ""},
	{news.ProposalRejected, "party", "", "China rejects US tariff ultimatum", ""},
	{news.ProposalRejected, "", "", "Egyptian compromise fails to convince Hamas, Israeli official says", ""},
	{news.ProposalMade, "party", "", "Venezuela receives new offer from Guyana", ""},
	{news.ProposalMade, "", "", "Mediators present bridging proposal to Sudanese army, RSF", ""},
	{news.ProposalAccepted, "party", "", "Serbia can live with EU compromise on Kosovo plates", ""},
	{news.MediationOffered, "mediator", "", "Angola invites Congo and M23 to meet in Luanda", ""},
	{news.MediationOffered, "mediator", "", "Brazilian foreign minister offers Venezuela help in reaching deal with Guyana", ""},
	{news.MediationOffered, "mediator", "", "On visit to Belgrade, Turkey pitches mediation with Kosovo", ""},
	{news.TalksEnded, "", "", "Serbian minister departs Brussels after three-hour meeting with Kosovo counterpart", ""},
	{news.TalksEnded, "", "", "Thailand-Cambodia meeting over after nine hours", ""},
	{news.TalksPostponed, "", "", "Start of Cyprus talks slips again as sides haggle over venue", ""},
	{news.TalksSuspended, "party", "", "Israel recalls negotiators from Doha", "The talks with Hamas had gone on for a week."},
	{news.TalksScheduled, "mediator", "", "Qatar to receive Congo and M23 delegations for new round", "The foreign ministry said."},
	{news.ViolationAlleged, "party", "", "Iran says it will stop implementing Cairo deal with IAEA", ""},
	{news.ViolationAlleged, "party", "", "ELN accuses army of breaking ceasefire", ""},
	{news.ViolationAlleged, "party", "", "North Korea scraps military pact with South", ""},
	{news.ViolationAlleged, "party", "", "Serbia says it will no longer apply deal with Kosovo", ""},
	{news.Denial, "party", "", "Damascus denies holding talks with Israel", "A newspaper had reported that envoys met in Baku."},
	{news.Denial, "party", "", "Walkout reports are fake news, says Hamas", "A paper had written that it broke off the talks with Israel."},
	{news.ProposalAccepted, "party", "", "Taliban accept Saudi invitation to talks with Pakistan", ""},
	{news.TalksScheduled, "mediator", "2026-11-24", "US, Taliban to meet in Doha on Tuesday, Qatar says", ""},
	{news.TalksSuspended, "party", "", "Cambodia walks away from border negotiations with Thailand", ""},
	{news.TalksStarted, "", "", "Greece, Turkey back in maritime talks after break", ""},
	{news.ProposalRejected, "party", "", "Kosovo declines meeting with Serbia in Brussels", ""},
	{news.ProposalAccepted, "party", "2026-11-22", "Hamas in Cairo", "Hamas will take part in the round with Israel that Egypt has proposed for Sunday, its spokesman said."},
	{news.TalksPostponed, "mediator", "2026-11-27", "A later Friday", "The meeting of the committee on the peace agreement between Congo and Rwanda, planned for Monday, has been postponed to November 27, the State Department said."},
	{news.ProposalRejected, "*", "", "Libya's High State Council rejects UN election panel", ""},
	{news.TalksScheduled, "mediator", "2026-11-26", "Vatican to host Ukraine-Russia talks on Thursday, nuncio says", ""},
	{news.TalksScheduled, "mediator", "2026-11-29", "Yemen: prisoner committee to meet in Muscat", "Talks on prisoners between Yemen's government and the Houthis will start in Muscat on November 29, the office of the UN envoy said."},
	{news.TalksScheduled, "mediator", "2026-12-03", "New date for Sudan talks: 3 December, says AU envoy", ""},
	{news.TalksScheduled, "mediator", "2026-12-01", "SADC says Lesotho dialogue to start on 1 December", ""},
	{news.TalksScheduled, "*", "2026-11-23", "South Sudan: churches", "The United Nations said it would bring government and SPLM-IO negotiators together in Juba on Monday."},
	{news.TalksStarted, "", "", "Pakistan-Afghanistan talks enter third day in Istanbul", ""},
	{news.TalksPostponed, "", "", "Greek-Turkish working group meeting postponed", ""},
	{news.TalksEnded, "", "", "Israel-Syria meeting in Paris ends, no breakthrough", ""},
	{news.TalksEnded, "", "", "Thai team leaves Phnom Penh after two days of talks with Cambodia", ""},
	{"", "", "", "Iran says no new talks with US scheduled", ""},
	{"", "", "", "Gold slips as US-China trade talks progress", ""},
	{"", "", "", "US, Japan hold annual defence talks", ""},
	{"", "", "", "Hamas hands over body of hostage", "Hamas handed over the body of another hostage to the Red Cross on Tuesday, Israel's military said."},
	{"", "", "", "US embassy in Caracas warns of travel", "The US told its citizens not to travel to Venezuela. The two countries held talks in Caracas in January."},
	{"", "", "", "Turkish, Greek foreign ministers exchange Easter greetings by phone", ""},
	{news.TalksScheduled, "mediator", "2026-12-08 2026-12-07 2026-12-09", "Qatar: Congo, M23 to meet on December 8", "Monday or Wednesday are also possible, the foreign ministry said."},
	{news.TalksScheduled, "mediator", "2026-11-24 2026-11-23 2026-11-25", "US-Iran talks likely around next Tuesday, says Pakistan", "The spokesperson said Monday or Wednesday were also possible."},
	{news.TalksScheduled, "mediator", "2026-11-24 2026-11-23 2026-11-25", "US-Iran round likely on Tuesday, Oman says", "Monday and Wednesday were also being considered, the spokesman added."},
	{news.Ultimatum, "party", "2026-11-20..2027-08-31", "E3 give Iran until end of August to return to talks", ""},
	{news.SanctionsEased, "party", "", "EU suspends countermeasures on US goods after trade deal", ""},
	{news.TalksScheduled, "", "2027-04-01..2027-04-30", "Trump, Xi agree to meet in Beijing in April", ""},
	{"", "", "", "Thailand frees 18 Cambodian soldiers under peace deal", ""},
	{"", "", "", "US strikes alleged drug boat off Venezuela", ""},
	{"", "", "", "Congo army accuses Rwanda of sending troops", ""},
	{"", "", "", "Former presidents appeal to Iran and the United States to hold talks", ""},
	{"", "", "", "Talks on Ukraine will resume when conditions allow, Turkey says", ""},
	{"", "", "", "Nobody from Baku was travelling to meet Armenians, embassy says", ""},
	{"", "", "", "Armenia and Azerbaijan to meet in Vienna on Thursday for third-place match", ""},
	{"", "", "", "Kremlin: no dates for talks with Ukraine", "On September 26, the delegations met in Istanbul. They agreed on an exchange of prisoners, which took place on October 4."},
}

var plainSpanish = []freshCase{
	{"", "", "", "Lo que quedó de Barbados", "El jefe de la delegación venezolana pidió que se levantaran las licencias revocadas por Estados Unidos."},
	{news.Denial, "party", "", "Venezuela desmiente haber ofrecido a EE.UU. una transición", ""},
}

var plainFrench = []freshCase{
	{news.TalksScheduled, "", "2026-12-18", "Liban-Israël : la prochaine réunion à Naqoura aura lieu le 18 décembre", "La délégation civile y participera."},
}

var plainArabic = []freshCase{
	{news.ViolationAlleged, "party", "", "الخرطوم", "اتهم الجيش السوداني قوات الدعم السريع بخرق الهدنة التي دخلت حيز التنفيذ منتصف ليل الثلاثاء."},
}

var plainUrdu = []freshCase{
	{news.TalksScheduled, "*", "2026-11-24", "عمان کا اعلان: ایران امریکا بالواسطہ بات چیت 24 نومبر کو مسقط میں", ""},
}
