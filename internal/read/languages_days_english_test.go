package read

import "parley/internal/news"

// Days as English copy tells them: away from the event, told twice, moved, as a last
// day, and those that are none of the talks.

var daysEnglish = []freshCase{
	{news.TalksScheduled, "*", "2026-12-08..2026-12-09", "Geneva date for Iran, E3", "Iran and the three European powers will meet in Geneva on 8 and 9 December, Iran's deputy foreign minister Majid Takht-Ravanchi said."},
	{news.TalksScheduled, "*", "2026-11-25..2026-11-26", "UN: Cyprus leaders", "The two Cypriot leaders will meet next Wednesday and Thursday in New York, UN envoy Maria Angela Holguin said."},
	{news.TalksScheduled, "*", "2026-11-24..2026-11-26", "Talks Tuesday through Thursday", "Russia and Ukraine will meet in Abu Dhabi from Tuesday through Thursday, November 24 to 26, the UAE foreign ministry, which mediates, said."},
	{news.TalksScheduled, "*", "2026-12-02 2026-12-09", "UN: Cyprus leaders meet", "The two Cypriot leaders will meet on 2 and again on 9 December in the buffer zone, UN envoy Maria Angela Holguin said."},
	{news.TalksScheduled, "*", "2026-12-26", "Oman sets a date", "Iran and the United States will hold the next round of indirect talks in Muscat the day after Christmas, Oman's foreign minister, Badr Albusaidi, said."},
	{news.TalksScheduled, "*", "", "Oman: after the feast", "Iran and the United States will hold the next round of indirect talks in Muscat after Eid, Oman's foreign minister, Badr Albusaidi, said."},
	{news.TalksScheduled, "*", "2026-11-26", "Fresh round for Thursday, Doha says", "Delegations from the Congolese government and the M23 rebels are to sit down again in the Qatari capital, the foreign ministry of Qatar, which is mediating, said."},
	{news.TalksScheduled, "*", "2026-11-23", "Kyiv: Umerov on dates", "Ukraine's chief negotiator Rustem Umerov said the delegation would fly to Istanbul on Sunday and meet the Russians on Monday."},
	{news.TalksScheduled, "*", "2026-11-20..2026-12-15 2026-11-23", "Trade teams again", "US and Indian negotiators will open the sixth round in New Delhi on Monday. They must finish by 15 December, the commerce ministry said."},
	{news.TalksScheduled, "*", "2026-12-02", "US envoy: Sudan", "Sudan's army and the RSF had been expected in Washington on Monday. US envoy Massad Boulos now says they will come on 2 December."},
	{news.TalksScheduled, "*", "2026-12-01", "IGAD: Nairobi", "IGAD announced Friday that the South Sudan talks, suspended since July, will restart on December 1 in Nairobi."},
	{news.TalksPostponed, "*", "2026-12-02", "Sudan calendar", "The African Union has moved the Sudan talks between the army and the RSF from 24 November to 2 December, its envoy Mohamed Ibn Chambas said."},
	{news.TalksPostponed, "*", "2026-11-25", "Norway: two days' delay", "Norway's foreign ministry said the Philippine talks due to open on Monday had been delayed by two days and would open on Wednesday."},
	{news.TalksPostponed, "*", "", "Serbia-Kosovo session put off", "The Serbia-Kosovo session that was due on 24 November in Brussels has been adjourned, EU envoy Peter Sorensen said."},
	{news.TalksEnded, "*", "2026-11-19 2026-12-07..2026-12-13", "Geneva round ends", "Two days of talks between Iran and the E3 ended in Geneva on Thursday. \"We will meet again in Vienna in the week of 7 December,\" Iranian deputy foreign minister Kazem Gharibabadi told reporters."},
	{news.TalksEnded, "*", "2026-11-19 2026-12-08", "Iran, IAEA conclude Vienna meeting", "Iran and the IAEA on Thursday concluded two days of talks in Vienna. Iranian deputy foreign minister Kazem Gharibabadi said a follow-up meeting had been agreed for December 8."},
	{news.TalksEnded, "*", "2026-11-19 2026-12-04", "Round five closes", "The fifth round of Iran-US talks closed in Muscat on Thursday with no deal; a sixth will follow on 4 December, Oman's foreign minister said."},
	{news.TalksStarted, "*", "2026-11-19 2026-11-20..2026-12-18", "Delegates give themselves a month", "Talks between Colombia's government and the ELN resumed in Havana on Thursday. The delegates gave themselves until 18 December to finish the chapter on monitors, Cuba's foreign ministry said."},
	{news.AgreementReached, "*", "2026-11-20..2026-12-05", "Truce runs on", "The truce between Israel and Hamas, which expires on Sunday, has been extended until 5 December, Egypt and Qatar said."},
	{news.AgreementReached, "*", "2026-12-02", "Negotiators agree", "Serbia and Kosovo agreed overnight on a text on missing persons to be signed on 2 December, EU envoy Peter Sorensen said."},
	{news.AgreementSigned, "*", "2026-11-19", "Law on both sides", "The Gibraltar treaty between Britain and the European Union has entered into force. \"It became law on 19 November,\" a Foreign Office spokesman said."},
	{news.MessageConveyed, "*", "2026-11-20..2026-11-24", "Handover", "Oman delivered an American letter to Tehran on Wednesday, Iran's foreign ministry said. A reply is due by Tuesday."},
	{news.Ultimatum, "*", "2026-11-20..2026-11-23", "Kabul given 72 hours", "Pakistan gave the Afghan Taliban 72 hours to hand over the attackers or the talks in Istanbul are over, its defence minister said."},
}
