// Package skills knows the skills that people hire for: their names, the other
// words for them, and how they relate.
//
// [Default] returns the vocabulary of the binary. [Vocabulary.Match] finds
// skills in running text, [Vocabulary.Lookup] one by its name or alias, and
// [Vocabulary.Relatedness] says how near two are to each other.
//
// The vocabulary is plain text, one file a category, one skill a line:
//
//	Kubernetes | k8s, kube | broader: Container Orchestration | related: Docker, Helm
//
// A name or alias that is also an everyday word begins with "!" ("!Go"): it is
// matched only where it stands like a proper name, with "!!" before an alias only
// beside another skill. Names and aliases are
// unique over all files and every relation resolves; [Parse] reports each line
// where that is not so.
package skills
