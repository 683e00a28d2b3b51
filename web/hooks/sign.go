package hooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of Standard Webhooks, https://www.standardwebhooks.com.
const (
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp" // seconds since 1970, of this attempt
	HeaderSignature = "Webhook-Signature" // "v1," and base64, several with spaces between
)

const signatureVersion = "v1"

// Tolerance is how far the time of signing may be from the receiver's.
const Tolerance = 5 * time.Minute

// Sign sets the headers of an event with this body, with a signature for each
// secret.
func Sign(header http.Header, id string, body []byte, at time.Time, secrets ...string) error {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	signatures := make([]string, len(secrets))
	for i, secret := range secrets {
		k, err := key(secret)
		if err != nil {
			return err
		}
		signatures[i] = signatureVersion + "," + base64.StdEncoding.EncodeToString(mac(k, id, timestamp, body))
	}
	header.Set(HeaderID, id)
	header.Set(HeaderTimestamp, timestamp)
	header.Set(HeaderSignature, strings.Join(signatures, " "))
	return nil
}

// Verify tells whether a request's headers were made for this body with one of
// the secrets, and lately: ErrSignature or ErrTimestamp when not. A receiver
// keeps the ids that it has had, since an event may come twice.
func Verify(header http.Header, body []byte, now time.Time, secrets ...string) error {
	id, timestamp := header.Get(HeaderID), header.Get(HeaderTimestamp)
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || id == "" {
		return fmt.Errorf("%w: the headers are missing", ErrSignature)
	}
	if !signed(header.Get(HeaderSignature), id, timestamp, body, secrets) {
		return ErrSignature
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > Tolerance || age < -Tolerance {
		return ErrTimestamp
	}
	return nil
}

// signed tells whether one of the signatures is right under one of the secrets.
func signed(signatures, id, timestamp string, body []byte, secrets []string) bool {
	for _, secret := range secrets {
		k, err := key(secret)
		if err != nil {
			continue
		}
		want := mac(k, id, timestamp, body)
		for signature := range strings.FieldsSeq(signatures) {
			version, encoded, _ := strings.Cut(signature, ",")
			got, err := base64.StdEncoding.DecodeString(encoded)
			if err == nil && version == signatureVersion && hmac.Equal(got, want) {
				return true
			}
		}
	}
	return false
}

func mac(key []byte, id, timestamp string, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id + "." + timestamp + "."))
	h.Write(body)
	return h.Sum(nil)
}
