package web

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestRangesOfPay(t *testing.T) {
	for _, c := range []struct {
		ranges  int
		convert bool
		refused string // what the refusal says
	}{
		{10, false, ""}, {11, false, "more than 10"}, {4, true, ""}, {5, true, "more than 4"}, {5, false, ""},
	} {
		request := SearchRequest{Convert: c.convert}
		for i := range c.ranges {
			request.Pay = append(request.Pay, PayRange{Currency: "EUR", Min: int64(1000 * i), Max: int64(1000*i + 500)})
		}
		q, err := request.Query("t", time.Now())
		if c.refused == "" {
			if err != nil || len(q.Pay) != c.ranges {
				t.Errorf("%+v: %d ranges, %v", c, len(q.Pay), err)
			}
			continue
		}
		if !errors.Is(err, errInvalid) || !strings.Contains(problemOf(err).Detail, c.refused) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestMonthsOfATrend(t *testing.T) {
	for text, want := range map[string]int{"": 0, "1": 1, "60": 60, "0": -1, "61": -1, "-1": -1, "six": -1, "99999999999999999999": -1} {
		c := echo.New().NewContext(httptest.NewRequest("GET", "/?skill=PHP&months="+text, nil), httptest.NewRecorder())
		q, err := trendQuery(c, "t")
		switch {
		case want < 0 && (!errors.Is(err, errInvalid) || !strings.Contains(problemOf(err).Detail, "1 to 60")):
			t.Errorf("months=%s: %v", text, err)
		case want >= 0 && (err != nil || q.Months != want || q.Tenant != "t" || q.Skill != "PHP"):
			t.Errorf("months=%s: %+v, %v", text, q, err)
		}
	}
}
