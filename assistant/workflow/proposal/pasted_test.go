package proposal_test

import (
	"strings"
	"testing"
)

const pastedJob = "Job post:\nBackend engineer for vans\n\nWe follow 900 vans and are looking for a backend engineer. You have five years of Kafka, Go or Java, Terraform on AWS, German at B2 or better. Nice to have: Flink. Please answer: 1. What was the largest Kafka cluster you ran? 2. When can you start?"

const pastedProfile = "My profile:\n\nMira K.\nBackend engineer, Ljubljana (CET)\nTwo years of Kafka at a logistics company, where I moved 14 services from RabbitMQ and cut the lag from 9 minutes to 20 seconds.\nGo since 2016. Terraform for all our AWS accounts.\nEnglish C1, German A2. I have never used Flink.\nRate 55 EUR/hour. Available 25 hours a week from 12 January."

// TestPastedProfileIsRead: a profile of notes is read for what it says, its
// terms are told once, and its owner's name is not read.
func TestPastedProfileIsRead(t *testing.T) {
	load(t, small())
	c := newTalk(t, helper(small()), "")
	c.say("Help me write a proposal.\n\n" + pastedJob)
	a := c.say(pastedProfile)
	if a.question == nil || strings.Contains(a.question.Text, "When can you start") {
		t.Errorf("asked %+v, though the profile says from when", a.question)
	}
	a = c.say("the biggest cluster was 9 brokers, about 12k messages a second")
	for n := 0; a.doc.Text == "" && n < 3; n++ {
		a = c.say("just write it")
	}
	doc := a.doc
	if !strings.HasPrefix(doc.Profile.Headline, "Backend engineer") || strings.Contains(doc.Text, "Mira") {
		t.Errorf("headline %q, text\n%s", doc.Profile.Headline, doc.Text)
	}
	if doc.Bid == nil || doc.Bid.Amount != 5500 || strings.Count(doc.Text, "55") != 1 {
		t.Errorf("bid %+v, text\n%s", doc.Bid, doc.Text)
	}
	for _, part := range []string{"14 services", "9 minutes to 20 seconds", "German", "12 January", "25 hours a week"} {
		if !strings.Contains(doc.Text+doc.Answers[1].Text, part) {
			t.Errorf("%q is not in\n%s", part, doc.Text)
		}
	}
	if len(doc.Answers) != 2 || !strings.Contains(doc.Answers[0].Text, "9 brokers") || strings.Contains(doc.Answers[1].Text, "brokers") {
		t.Errorf("answers %+v", doc.Answers)
	}
}

// TestDraftBelowAProfile: what greets a client is a draft, and proves nothing.
func TestDraftBelowAProfile(t *testing.T) {
	load(t, small())
	c := newTalk(t, helper(small()), "")
	a := c.say("Job: Bookkeeper for a pottery studio. We are looking for three years of Xero. You have closed the books of a shop before, every month, on your own.\n\nMy profile: Bookkeeper in Leeds\nOne year in Xero for two cafes.\nI keep the books of a pottery shop since 2021.\n\nCan you look over my draft: \"Dear hiring manager, I am the perfect candidate. I have 6 years of Xero and an ACCA qualification.\"")
	if a.doc.Original == "" || len(a.doc.Advice) == 0 {
		t.Errorf("original %q, advice %v, said %q", a.doc.Original, a.doc.Advice, a.text)
	}
	for n := 0; a.doc.Text == "" && n < 3; n++ {
		a = c.say("just write it")
	}
	for _, claim := range []string{"6 years", "ACCA", "perfect"} {
		if strings.Contains(a.doc.Text, claim) {
			t.Errorf("%q of the draft became a fact:\n%s", claim, a.doc.Text)
		}
	}
}

// TestAnotherPostInstead: a post that takes the place of the one before is no answer.
func TestAnotherPostInstead(t *testing.T) {
	loadKiln(t)
	c := newTalk(t, helper(small()), "prof-streamer")
	c.say("apply for post-kiln")
	a := c.say("No sorry, this one: Grafana dashboards for a dairy. We need somebody with 8 years of experience. ISO 13485 auditor certificate is a plus. Trados required. Do you offer a free test?")
	for n := 0; a.doc.Text == "" && n < 3; n++ {
		a = c.say("just write it")
	}
	for _, part := range []string{"8 years", "ISO 13485", "Trados required"} {
		if strings.Contains(a.doc.Text, part) {
			t.Errorf("the client's %q became a claim:\n%s", part, a.doc.Text)
		}
	}
	if strings.Contains(a.doc.JobPost.Title, "kiln") {
		t.Errorf("the post is still %q", a.doc.JobPost.Title)
	}
}
