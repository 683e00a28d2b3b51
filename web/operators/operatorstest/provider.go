package operatorstest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parleyhq/parley/web/operators"
)

// What the provider knows of Parley.
const (
	ClientID     = "parley"
	ClientSecret = "what parley and its provider share"
)

// Provider is a small OpenID Connect provider, with keys of its own.
type Provider struct {
	*httptest.Server
	t testing.TB

	mu     sync.Mutex
	keys   []signingKey // newest last; the newest signs
	grants map[string]url.Values
	person jwt.MapClaims
	token  func(claims jwt.MapClaims) string
	fails  int
}

type signingKey struct {
	id  string
	key *ecdsa.PrivateKey
}

// NewProvider starts a provider that ends with the test.
func NewProvider(t testing.TB) *Provider {
	t.Helper()
	p := &Provider{t: t, grants: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.describe)
	mux.HandleFunc("GET /keys", p.publish)
	mux.HandleFunc("POST /token", p.exchange)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(func() {
		p.CloseClientConnections()
		p.Close()
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	})
	p.Rotate()
	return p
}

// Rotate forgets the present key and signs with another one.
func (p *Provider) Rotate() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = []signingKey{{rand.Text(), key}}
}

func (p *Provider) describe(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"},
	})
}

func (p *Provider) publish(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var keys []map[string]string
	for _, k := range p.keys {
		point, err := k.key.PublicKey.Bytes() // 4, x and y
		if err != nil {
			p.t.Error(err)
		}
		keys = append(keys, map[string]string{
			"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": k.id,
			"x": base64.RawURLEncoding.EncodeToString(point[1:33]), "y": base64.RawURLEncoding.EncodeToString(point[33:]),
		})
	}
	write(w, map[string]any{"keys": keys})
}

func write(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

// Fail makes the token endpoint answer with a status, 0 for an honest answer.
func (p *Provider) Fail(status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fails = status
}

// Forge makes the provider answer with another id_token; forge is given the
// claims of the honest one.
func (p *Provider) Forge(forge func(claims jwt.MapClaims) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.token = forge
}

// Visit is what a browser does at the address that it was sent to: a person with
// these claims signs in, and it is sent back with the query that Visit returns.
func (p *Provider) Visit(address string, person jwt.MapClaims) url.Values {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	asked := u.Query()
	if asked.Get("client_id") != ClientID || asked.Get("response_type") != "code" || asked.Get("code_challenge_method") != "S256" ||
		asked.Get("state") == "" || asked.Get("nonce") == "" || !strings.HasSuffix(asked.Get("redirect_uri"), operators.CallbackPath) {
		p.t.Errorf("sent to %s", address)
	}
	code := rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.grants[code], p.person = asked, person
	return url.Values{"code": {code}, "state": {asked.Get("state")}}
}

func (p *Provider) exchange(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fails != 0 {
		w.WriteHeader(p.fails)
		return
	}
	_ = r.ParseForm()
	asked, known := p.grants[r.Form.Get("code")]
	delete(p.grants, r.Form.Get("code"))
	proof := sha256.Sum256([]byte(r.Form.Get("code_verifier")))
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.Form.Get("client_id"), r.Form.Get("client_secret")
	}
	given, _ := url.QueryUnescape(secret)
	if !known || id != ClientID || given != ClientSecret || base64.RawURLEncoding.EncodeToString(proof[:]) != asked.Get("code_challenge") {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	claims := jwt.MapClaims{
		"iss": p.URL, "aud": ClientID, "sub": "42", "nonce": asked.Get("nonce"), "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	for name, value := range p.person {
		claims[name] = value
	}
	token := p.Sign(claims)
	if p.token != nil {
		token = p.token(claims)
	}
	write(w, map[string]any{"access_token": "opaque", "token_type": "Bearer", "id_token": token})
}

// Sign signs claims with the present key. It is for functions given to Forge.
func (p *Provider) Sign(claims jwt.MapClaims) string {
	k := p.keys[len(p.keys)-1]
	return SignWith(p.t, jwt.SigningMethodES256, k.id, k.key, claims)
}

// KeyID is the name of the present key, for functions given to Forge.
func (p *Provider) KeyID() string { return p.keys[len(p.keys)-1].id }

// SignWith signs claims with any key, under any name.
func SignWith(t testing.TB, method jwt.SigningMethod, id string, key any, claims jwt.MapClaims) string {
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"] = id
	text, err := token.SignedString(key)
	if err != nil {
		t.Error(err)
	}
	return text
}
