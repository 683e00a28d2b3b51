package policy

import "slices"

// Label is what a message may break.
type Label string

// The labels. What belongs to each and what does not is the text of its policy.
const (
	Abuse                Label = "abuse"
	ContactExchange      Label = "contact_exchange"
	PaymentCircumvention Label = "payment_circumvention"
	Scam                 Label = "scam"
	Spam                 Label = "spam"
	JobSeeking           Label = "job_seeking"
	Partnership          Label = "partnership"
	Discrimination       Label = "discrimination"
	ProhibitedWork       Label = "prohibited_work"
	Injection            Label = "injection" // instructions smuggled to an assistant, in turns and documents
)

var labels = []Label{Abuse, ContactExchange, PaymentCircumvention, Scam, Spam, JobSeeking, Partnership, Discrimination, ProhibitedWork, Injection}

// Labels returns all labels in their fixed order, which trained models keep.
func Labels() []Label { return slices.Clone(labels) }

// Index returns a label's place in [Labels], -1 for one that does not exist.
func Index(l Label) int { return slices.Index(labels, l) }

// Known reports whether there is such a label.
func (l Label) Known() bool { return Index(l) >= 0 }
