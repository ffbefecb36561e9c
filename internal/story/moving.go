package story

import "parley/internal/news"

// Moving lists the kinds of development that Stand looks at to tell where a
// negotiation stands and which days it has ahead.
func Moving() []news.Kind {
	return []news.Kind{
		news.TalksScheduled, news.TalksStarted, news.TalksEnded, news.TalksPostponed, news.TalksCancelled, news.TalksSuspended,
		news.AgreementReached, news.AgreementSigned, news.MediationOffered, news.Ultimatum, news.Denial,
	}
}
