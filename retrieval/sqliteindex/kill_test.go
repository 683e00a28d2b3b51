package sqliteindex_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// writerFolder names the variable that makes this test's binary a writer in a folder.
const writerFolder = "PARLEY_TEST_WRITER_FOLDER"

const killedDocuments, killedDimensions = 120, 16

// killedDocument is what a writer stores as a document in a round: all parts tell which.
func killedDocument(i, round int) retrieval.Stored {
	return retrieval.Stored{
		Document: retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprint("d", i), Post: &retrieval.JobPost{
			Title: fmt.Sprintf("number%d", i), Description: fmt.Sprintf("state%dof%d common words", round, i), Skills: []string{}, HoursPerWeek: 1 + round%100,
		}},
		Vector: unit(rand.New(rand.NewPCG(uint64(i), uint64(round))), killedDimensions), Skills: []string{fmt.Sprint("Round ", round)}, Analysis: fmt.Sprint("v", round),
	}
}

// writeForever stores the same documents in one state after the other.
func writeForever(folder string) error {
	ctx := context.Background()
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := migrations.SQLite(ctx, db.Write); err != nil {
		return err
	}
	index, err := sqliteindex.New(ctx, db)
	if err != nil {
		return err
	}
	for round := int(time.Now().UnixMilli() % 1_000_000); ; round++ {
		docs := make([]retrieval.Stored, killedDocuments)
		for i := range docs {
			docs[i] = killedDocument(i, round)
		}
		if _, err := index.Upsert(ctx, "acme", "one/1", docs); err != nil {
			return err
		}
		if _, err := index.Delete(ctx, "acme", retrieval.KindJobPost, []string{fmt.Sprint("d", round%killedDocuments)}); err != nil {
			return err
		}
		fmt.Println(round)
	}
}

// TestKill: whenever a writer is killed, what is found afterwards are whole
// documents in one state each, with the words, skills and vector of that state.
func TestKill(t *testing.T) {
	folder := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("moments by seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	for range 4 {
		kill(t, folder, time.Duration(random.IntN(60_000))*time.Microsecond)
		index, db := open(t, folder)
		facets, err := index.Facets(t.Context(), all, nil, 2*killedDocuments)
		if err != nil || len(facets) < killedDocuments-1 {
			t.Fatalf("%d documents, %v", len(facets), err)
		}
		for _, f := range facets {
			whole(t, index, f)
		}
		db.Close()
	}
}

// kill starts a writer, lets it finish a round and work on for a while, and kills it.
func kill(t *testing.T, folder string, after time.Duration) {
	t.Helper()
	writer := exec.CommandContext(t.Context(), os.Args[0])
	writer.Env = append(os.Environ(), writerFolder+"="+folder)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Error("the writer wrote nothing")
	}
	time.Sleep(after)
	writer.Process.Kill()
	for lines.Scan() { // to its end, as Wait wants it
	}
	writer.Wait()
}

// whole checks a document by everything that finds it.
func whole(t *testing.T, index *sqliteindex.Index, f retrieval.Facets) {
	t.Helper()
	docs, err := index.Get(t.Context(), "acme", retrieval.KindJobPost, []string{f.ID})
	if err != nil || len(docs) != 1 {
		t.Fatalf("%s is not there: %v", f.ID, err)
	}
	var i, round int
	if _, err := fmt.Sscanf(docs[0].Post.Description, "state%dof%d", &round, &i); err != nil {
		t.Fatal(err)
	}
	filter := all
	filter.AllSkills = []string{fmt.Sprint("Round ", round)}
	for what, search := range map[string]func() ([]retrieval.Ranked, error){
		"words": func() ([]retrieval.Ranked, error) {
			return index.Lexical(t.Context(), filter, []string{fmt.Sprintf("state%dof%d", round, i)}, 2)
		},
		"vector": func() ([]retrieval.Ranked, error) {
			return index.Nearest(t.Context(), filter, "one/1", killedDocument(i, round).Vector, 1)
		},
	} {
		if list, err := search(); err != nil || len(list) != 1 || list[0].ID != f.ID || what == "vector" && list[0].Score < 0.999 {
			t.Errorf("%s in state %d by its %s: %v, %v", f.ID, round, what, list, err)
		}
	}
	if f.HoursPerWeek != 1+round%100 {
		t.Errorf("%s in state %d has facets of another", f.ID, round)
	}
}
