package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// compile makes a set of rules; faults are by rule id.
func compile(files []file, specs map[string]ruleSpec) (*Set, map[string]error) {
	x := newLexicon()
	faults := map[string]error{}
	x.addLists(files)
	contexts := x.contexts(files)
	set := &Set{lexicon: x}
	ids := make([]string, 0, len(specs))
	for id := range specs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		r, err := x.rule(specs[id], contexts)
		if err != nil {
			faults[id] = err
			continue
		}
		r.index = len(set.rules)
		set.rules = append(set.rules, r)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	set.finish()
	set.version = fingerprint(files, specs)
	return set, nil
}

// addLists folds the lists of all files; one may use another that was defined before it by name.
func (x *lexicon) addLists(files []file) {
	raw := map[string][]string{}
	for _, f := range files {
		for name, entries := range f.Lists {
			raw[name] = append(raw[name], entries...)
		}
	}
	var expand func(name string, depth int) []string
	expand = func(name string, depth int) (out []string) {
		for _, e := range raw[name] {
			if other, list := strings.CutPrefix(e, "$"); list && depth < 8 {
				out = append(out, expand(other, depth+1)...)
			} else if t := termOf(e); t != "" && t != "*" {
				out = append(out, t)
			}
		}
		return out
	}
	for name := range raw {
		x.lists[name] = expand(name, 0)
	}
}

// contexts compiles the contexts of all files. One with a fault is kept with
// it, so that the rules that rely on it are refused.
func (x *lexicon) contexts(files []file) map[string]*context {
	all := map[string]*context{}
	for _, f := range files {
		for name, spec := range f.Contexts {
			c := &context{index: len(all), scope: spec.Scope}
			c.phrases, c.fault = x.phrases(spec.Any)
			if c.fault == nil {
				c.not, c.fault = x.phrases(spec.Not)
			}
			if !slices.Contains([]string{inMessage, inSentence, isBefore, isAround, inClause}, spec.Scope) {
				c.fault = fmt.Errorf("unknown scope %q", spec.Scope)
			}
			all[name] = c
		}
	}
	return all
}

func (x *lexicon) phrases(sources []string) (list []*phrase, err error) {
	for _, source := range sources {
		p, err := x.parse(source)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

func (x *lexicon) rule(spec ruleSpec, contexts map[string]*context) (r *rule, err error) {
	if err = spec.check(); err != nil {
		return nil, err
	}
	r = &rule{Rule: Rule{spec.ID, spec.Version, spec.Label, strengths[spec.Strength], spec.Description, spec.file},
		builtIn: spec.builtIn, channels: spec.Channels, senders: spec.Senders, detector: spec.Detector, near: spec.Near}
	if r.any, err = x.phrases(spec.Any); err != nil {
		return nil, err
	}
	for _, group := range spec.All {
		phrases, err := x.phrases(group)
		if err != nil {
			return nil, err
		}
		r.all = append(r.all, phrases)
	}
	if r.after, err = x.phrases(spec.After); err != nil {
		return nil, err
	}
	if spec.Pattern != "" {
		if r.pattern, err = regexp.Compile(spec.Pattern); err != nil {
			return nil, err
		}
	}
	r.unless, err = x.exceptions(spec.Unless, contexts)
	return r, err
}

// exceptions reads "unless": "@code", "@quoted", "@name" of a context, or phrases.
func (x *lexicon) exceptions(sources []string, contexts map[string]*context) (list []exception, err error) {
	var own []string
	for _, source := range sources {
		name, named := strings.CutPrefix(source, "@")
		switch {
		case !named:
			own = append(own, source)
		case name == codeExcuse || name == quotedExcuse:
			list = append(list, exception{builtin: name})
		case contexts[name] == nil:
			return nil, fmt.Errorf("no context %q", name)
		case contexts[name].fault != nil:
			return nil, fmt.Errorf("context %q: %w", name, contexts[name].fault)
		default:
			list = append(list, exception{context: contexts[name]})
		}
	}
	if len(own) == 0 {
		return list, nil
	}
	phrases, err := x.phrases(own)
	return append(list, exception{phrases: phrases}), err
}

// finish builds what the rules need together.
func (s *Set) finish() {
	if entries, err := s.lexicon.expand("$" + accountsList); err == nil && len(entries) > 0 {
		s.accounts = s.lexicon.class(entries)
	}
	s.automaton = newAutomaton(s.lexicon.terms)
	s.byKey = make([][]keyed, s.lexicon.count)
	s.byDetector = map[string][]*rule{}
	for _, r := range s.rules {
		for _, p := range r.any {
			s.byKey[p.key] = append(s.byKey[p.key], keyed{r, p})
		}
		if r.detector != "" {
			s.byDetector[r.detector] = append(s.byDetector[r.detector], r)
		}
	}
	for name := range s.byDetector {
		s.detectors = append(s.detectors, name)
	}
	slices.Sort(s.detectors)
	s.known = vocabulary(s.lexicon)
	s.scans.New = func() any { return newScan(s.lexicon.count, s.accounts, s.known) }
}

// fingerprint hashes what the rules say.
func fingerprint(files []file, specs map[string]ruleSpec) string {
	h := sha256.New()
	encode := json.NewEncoder(h)
	for _, f := range files {
		_ = encode.Encode(f.Lists) // a hash takes everything
		_ = encode.Encode(f.Contexts)
	}
	_ = encode.Encode(specs)
	return hex.EncodeToString(h.Sum(nil))[:12]
}

var errMissed, errStruck = errors.New("does not find"), errors.New("finds")

// selfTest runs the tests of the rules; faults are by rule id.
func (s *Set) selfTest(specs map[string]ruleSpec) map[string]error {
	faults := map[string]error{}
	for id, spec := range specs {
		if err := s.testRule(spec); err != nil {
			faults[id] = err
		}
	}
	return faults
}

func (s *Set) testRule(spec ruleSpec) error {
	var faults []error
	for _, e := range spec.Tests.Match {
		if !s.strikes(spec, e) {
			faults = append(faults, fmt.Errorf("%w %q", errMissed, e.Text))
		}
	}
	for _, e := range spec.Tests.Pass {
		if s.strikes(spec, e) {
			faults = append(faults, fmt.Errorf("%w %q", errStruck, e.Text))
		}
	}
	return errors.Join(faults...)
}

// strikes tells whether a rule finds something in an example, which is of the
// rule's channel unless it names one.
func (s *Set) strikes(spec ruleSpec, e example) bool {
	if e.Channel == "" && len(spec.Channels) > 0 {
		e.Channel = spec.Channels[0]
	}
	return slices.ContainsFunc(s.Check(e.Message).Hits, func(h Hit) bool { return h.Rule == spec.ID })
}
