package read

import "parley/internal/news"

// What is taken back: meetings that are denied in headlines, accords that a side no longer
// applies, talks that change their day; and in English who it is that says so.

var answersEnglish = []freshCase{
	{news.TalksPostponed, "mediator", "", "The calendar", "The African Union has put off the Sudan talks between the army and the RSF that were planned for Monday."},
	{news.TalksPostponed, "mediator", "", "Norway postpones Philippine talks planned for Tuesday", ""},
	{news.TalksPostponed, "", "2026-11-30", "Iran-E3 meeting put back to 30 November", ""},
	{news.TalksPostponed, "party", "2026-11-25", "New day in Brussels", "The session of Serbia and Kosovo will open on Wednesday instead of Monday, Kosovo's chief negotiator Valdete Hoxha said."},
	{news.TalksPostponed, "mediator", "2026-12-03", "Doha", "The Congo-M23 round due on Monday will now be held on Thursday, 3 December, Qatar's foreign ministry said."},
	{news.TalksScheduled, "mediator", "2026-11-23", "Doha", "The Congo-M23 round will be held in Doha on Monday instead of Luanda, Qatar's foreign ministry said."},
	{news.TalksScheduled, "", "", "Putin, Trump agree to meet in Budapest", ""},
	{news.TalksScheduled, "", "", "Armenia, Azerbaijan agree to hold talks in Tbilisi", ""},
	{news.TalksScheduled, "party", "", "Chagos", "Britain and Mauritius have agreed to meet in London, the Mauritian prime minister said."},
	{news.MessageConveyed, "party", "", "Hamas submits response to ceasefire proposal to mediators", ""},
	{news.GapsNamed, "mediator", "", "Egypt: open questions", "Egyptian mediators said there was no agreement yet on when talks between Israel and Hamas will restart."},
	{news.TalksScheduled, "host", "2026-11-24", "Riyadh", "Saudi Arabia will host talks between US and Russian officials in Riyadh on Tuesday, its foreign ministry said."},
	{"", "", "", "Lavrov says no talks with Ukraine planned", ""},
	{news.TalksScheduled, "", "2026-11-21..2026-11-22", "Putin's envoy Dmitriev to meet Witkoff in Miami this weekend", ""},
	{news.TalksScheduled, "", "2026-11-23..2026-11-29", "US trade team to visit India next week for talks", ""},
	{news.TalksScheduled, "mediator", "2026-11-23", "AU envoy says Sudan talks to start on Monday in Addis", ""},
	{news.ProposalAccepted, "party", "", "Israel cabinet approves Gaza hostage deal", ""},
	{news.TalksScheduled, "", "", "Canada drops digital tax, trade talks with US to resume", ""},
	{news.Atmosphere, "party", "", "Trump says Iran talks going very well", ""},
	{news.ProposalRejected, "party", "", "Kosovo refuses to meet Serbia in Brussels", ""},
	{"", "", "", "North Korea says open to talks with US", ""},
	{"", "", "", "Graft trial threatens peace deal between South Sudan and SPLM-IO", ""},
	{news.Denial, "party", "", "White House denies report Witkoff to meet Araghchi", ""},
	{news.TalksScheduled, "mediator", "2026-11-22", "Egypt brings forward Israel-Hamas talks to Sunday", ""},
	{news.TalksCancelled, "party", "", "Tehran's line", "Talks with the three European powers are off the table, Iran's foreign minister said."},
	{news.GapsNamed, "party", "", "Cattle", "Japan's trade minister Kenji Mori said rice is off the table in its talks with the United States."},
	{news.ViolationAlleged, "party", "", "India suspends 2021 border ceasefire accord with Pakistan", ""},
	{news.TalksSuspended, "*", "", "No deal", "Talks between Pakistan and Afghanistan in Istanbul ended without a deal on the TTP, Pakistani officials said."},
	{news.ViolationAlleged, "party", "", "Belgrade", "Serbia no longer applies the 2013 agreement with Kosovo, its prime minister said."},
	{news.Denial, "party", "", "Algiers", "Morocco's foreign ministry dismissed a Spanish newspaper's account. The daily had written that Moroccan and Polisario envoys would meet in Madrid on Tuesday."},
	{news.Denial, "party", "", "Ankara", "Turkey's foreign ministry dismissed a report by a Greek newspaper that Turkish and Greek ministers would meet in Izmir on Tuesday."},
	{news.AgreementReached, "party", "", "Pensions", "Government and Renamo have agreed on back-pay for former fighters, Renamo's negotiator Alberto Macuacua says."},
	{news.TalksScheduled, "", "2026-11-28", "Government, SDF to meet on Saturday week, 28 November", ""},
	{news.TalksScheduled, "party", "2026-12-03", "Cairo", "Sudan's army will send three generals to Cairo for talks with the RSF on 3 December, army spokesman Brigadier Hatim Idris said; he thanked Egypt."},
	{news.TalksScheduled, "mediator", "2026-12-10", "Read-out", "Special envoy Rachel Lindqvist spoke today with the foreign ministers of Armenia and Azerbaijan. The two will meet in Geneva on 10 December under Swiss mediation."},
	{news.TalksScheduled, "mediator", "2027-01-20", "Western Sahara: envoy convenes round table", "Morocco and the Polisario Front will meet on 20 January, the UN chief's personal envoy Emilio Duarte told the Security Council."},
}

var answersArabic = []freshCase{
	{news.AgreementReached, "", "", "الجيش والدعم السريع يوافقان على هدنة إنسانية في الأبيض", ""},
	{news.Denial, "party", "", "أرمينيا تنفي لقاء مع أذربيجان", ""},
	{news.ViolationAlleged, "party", "", "صربيا تعلق اتفاق الطاقة مع كوسوفو", ""},
}

var answersPersian = []freshCase{
	{news.Denial, "party", "", "ارمنستان دیدار با جمهوری آذربایجان را تکذیب کرد", ""},
	{news.ViolationAlleged, "party", "", "هند معاهده آب سند با پاکستان را تعلیق کرد", ""},
}

var answersFrench = []freshCase{
	{news.AgreementReached, "", "", "Soudan : l'armée et les FSR acceptent une trêve à El-Obeid", ""},
	{news.ProposalMade, "party", "", "Les rebelles maliens proposent une trêve", ""},
	{news.Denial, "party", "", "Belgrade dément tout contact avec Pristina", ""},
	{news.ViolationAlleged, "party", "", "L'Inde suspend le traité des eaux de l'Indus avec le Pakistan", ""},
}

var answersSpanish = []freshCase{
	{news.AgreementReached, "", "", "El Gobierno y el ELN aceptan una tregua", ""},
	{news.ProposalMade, "party", "", "La guerrilla colombiana propone una tregua", ""},
	{news.Denial, "party", "", "Armenia desmiente una reunión con Azerbaiyán", ""},
	{news.ViolationAlleged, "party", "", "India suspende el tratado de aguas con Pakistán", ""},
}

var answersRussian = []freshCase{
	{news.AgreementReached, "", "", "Киев и Москва согласились на перемирие", ""},
	{news.ProposalMade, "party", "", "Колумбийские повстанцы предложили перемирие", ""},
	{news.Denial, "party", "", "Ереван опроверг встречу с Баку", ""},
	{news.ViolationAlleged, "party", "", "Индия приостановила договор о водах с Пакистаном", ""},
}

var answersUrdu = []freshCase{
	{news.Denial, "party", "", "آرمینیا نے آذربائیجان سے ملاقات کی خبر کی تردید کر دی", ""},
	{news.Denial, "party", "", "سربیا نے کوسوو سے ملاقات کی خبر جھٹلا دی", ""},
	{news.ViolationAlleged, "party", "", "بھارت نے پاکستان کے ساتھ سندھ طاس معاہدہ معطل کر دیا", ""},
}
