package brief

// Category is a kind of work.
type Category struct {
	ID   string
	Name string // for people
}

// Categories are the kinds of work that posts are sorted into.
var Categories = []Category{
	{"web", "Web and software"},
	{"mobile", "Mobile apps"},
	{"data", "Data and analytics"},
	{"ml", "Machine learning and AI"},
	{"design", "Design"},
	{"video_audio", "Video and audio"},
	{"writing", "Writing"},
	{"translation", "Translation"},
	{"marketing", "Marketing"},
	{"sales", "Sales"},
	{"finance", "Finance and accounting"},
	{"legal", "Legal"},
	{"admin", "Admin and support"},
	{"engineering", "Engineering and CAD"},
	{"science", "Science and chemistry"},
	{"education", "Education"},
}

// CategoryName returns the name of a category for people, "" for an unknown id.
func CategoryName(id string) string {
	for _, category := range Categories {
		if category.ID == id {
			return category.Name
		}
	}
	return ""
}
