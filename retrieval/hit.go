package retrieval

// Hit is a document that was found, and why.
type Hit struct {
	ID         string    `json:"id"`
	Score      float64   `json:"score"`                // fused from places in the lists, with priors; comparable within one search only
	Similarity float64   `json:"similarity,omitempty"` // cosine to the query, 0 when it is not among the nearest
	Words      []string  `json:"words,omitempty"`      // words of the query that the title, a skill, or the text of a carried document has
	Skills     []string  `json:"skills,omitempty"`     // skills of the query that the document lists, under whatever alias, by their vocabulary names
	Missing    []string  `json:"missing,omitempty"`    // skills of the query that neither its list nor its title nor, when it is carried, its text names
	Repeats    []string  `json:"repeats,omitempty"`    // ids of near-duplicates that this hit stands for, best first
	Why        Reasons   `json:"why"`                  // how the score came about
	Facets     Facets    `json:"facets"`
	Document   *Document `json:"document,omitempty"` // for the first Query.Documents hits

	lexical  float64 // score in the list by words
	standing float64 // fused score of the place that it has taken
}

// Reasons are the parts of a hit's score: Fused × Recency × Quality.
type Reasons struct {
	LexicalPlace int     `json:"lexical_place,omitempty"` // in the list by words, from 1; 0 not in it
	NearestPlace int     `json:"nearest_place,omitempty"` // in the list by vectors
	Fused        float64 `json:"fused"`                   // by reciprocal rank fusion
	Recency      float64 `json:"recency"`                 // factor; 1 changes nothing
	Quality      float64 `json:"quality"`                 // factor; 1 changes nothing
}
