package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// More than any list here has.
const mostPages = 60

// recorder sends what Twilio's own library wants to send to a simulator instead, with the Host header it was meant for, and
// remembers what was answered.
type recorder struct {
	base    *url.URL
	through http.RoundTripper
	answers []map[string]any
}

func newRecorder(base string) *recorder {
	address, err := url.Parse(base)
	if err != nil {
		panic(err)
	}
	// No proxy of the environment: it would take the request away from the simulator.
	return &recorder{base: address, through: &http.Transport{}}
}

func (r *recorder) client() *http.Client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: r, CheckRedirect: stay, Timeout: 30 * time.Second}
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Host = request.URL.Host
	request.URL.Scheme, request.URL.Host = r.base.Scheme, r.base.Host
	response, err := r.through.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	var answer map[string]any
	if len(body) > 0 {
		if err := json.Unmarshal(body, &answer); err != nil {
			return nil, err
		}
	}
	r.answers = append(r.answers, answer)
	if len(r.answers) > mostPages {
		return nil, errors.New("pages follow one another without an end")
	}
	return response, nil
}
