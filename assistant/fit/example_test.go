package fit_test

import "github.com/parleyhq/parley/retrieval"

// post and profile are usual ones, for tests that need no particular case.
var (
	post = retrieval.JobPost{
		Title: "Stream processing for a ferry company",
		Description: "Our ticket gates send about 3,000 events a second and nobody looks at them before the next morning. " +
			"You build the stream jobs with us: Flink or Kafka Streams, your choice. You must have at least five years of Kafka in production. " +
			"German is a must, because the harbour masters speak nothing else. A background in logistics is a plus. " +
			"You must be able to come to Graz twice a month. No agencies. Start by 30 March at the latest. " +
			"Please answer: What was the largest topic you have run? When could you start?",
		Category: "data", Skills: []string{"Kafka", "Flink", "Java"}, Level: "expert",
		PayType: "hourly", PayMin: 6000, PayMax: 9000, Currency: "EUR", HoursPerWeek: 24, Country: "AT", TimeZone: "Europe/Vienna", Language: "en",
	}
	profile = retrieval.Profile{
		Headline: "Data engineer for timetables and parcels",
		Overview: "I move events from machines to people. Kafka since 2023, before that message queues of every colour. " +
			"I have never used Flink. Subscriptions I know only from reading the manual. I answer on the same day.",
		Category: "data",
		Experience: []retrieval.Experience{
			{Title: "Data engineer, parcel company", From: "2023-01", To: "", Text: "Kafka topics for 40 depots, Kafka Streams jobs in Java, dashboards for the night shift. Cut late parcels by a fifth."},
			{Title: "Back-end developer, tram operator", From: "2017-05", To: "2022-12", Text: "Timetable services in Java and Spring, RabbitMQ between depots."},
		},
		Skills: []string{"Java", "k8s", "Apache Kafka", "RabbitMQ", "Apache Flink"}, Level: "expert", Rate: 7000, Currency: "EUR",
		Languages: []retrieval.Language{{Code: "de", Level: "fluent"}, {Code: "en", Level: "fluent"}, {Code: "it"}},
		Country:   "SI", TimeZone: "Europe/Ljubljana", HoursPerWeek: 30, AvailableFrom: "2026-03-16",
		TrackRecord: retrieval.TrackRecord{Jobs: 12, Hours: 900, Rating: 4.9, Reviews: 10},
	}
)
