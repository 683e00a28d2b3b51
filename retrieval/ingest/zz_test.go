package ingest_test
import ("testing";"time";"fmt";"slices";"bufio";"compress/gzip";"encoding/json";"os";"strings"
"github.com/parleyhq/parley/retrieval";"github.com/parleyhq/parley/retrieval/embed";"github.com/parleyhq/parley/retrieval/skills")
func TestZZ(t *testing.T){
 f,_:=os.Open(realPosts(t));z,_:=gzip.NewReader(f);sc:=bufio.NewScanner(z);sc.Buffer(nil,1<<24)
 var titles []string
 for sc.Scan(){var p struct{Title,Description string};json.Unmarshal(sc.Bytes(),&p);titles=append(titles,p.Title+" "+p.Description[:min(200,len(p.Description))])}
 for name,open:=range map[string]func(*testing.T) retrieval.Index{"sqlite":openSQLite,"pg":openPostgres}{
 x:=open(t); e:=embed.Builtin(); r:=retrieval.New(x,e,skills.Default())
 if _,_,err:=load(t,r,realPosts(t));err!=nil{t.Log(err)}
 var lex,near,fac,srch,mk []time.Duration
 all:=retrieval.Filter{Tenant:"acme",Kind:retrieval.KindJobPost}
 for i:=0;i<300;i++{ q:=titles[(i*17)%len(titles)]
  var terms []string; for _,w:=range strings.Fields(q){ if len(w)>4&&len(terms)<12{terms=append(terms,w)}}
  v,_:=e.Embed(t.Context(),[]string{q})
  s:=time.Now(); l,err:=x.Lexical(t.Context(),all,terms,60); lex=append(lex,time.Since(s)); if err!=nil{t.Fatal(err)}
  s=time.Now(); _,err=x.Nearest(t.Context(),all,e.Name(),v[0],60); near=append(near,time.Since(s)); if err!=nil{t.Fatal(err)}
  var ids []string; for _,h:=range l{ids=append(ids,h.ID)}
  s=time.Now(); _,err=x.Facets(t.Context(),all,ids,0); fac=append(fac,time.Since(s)); if err!=nil{t.Fatal(err)}
  s=time.Now(); _,err=r.Search(t.Context(),retrieval.Query{Tenant:"acme",Kind:retrieval.KindJobPost,Text:q,Limit:60}); srch=append(srch,time.Since(s)); if err!=nil{t.Fatal(err)}
 }
 for n,d:=range map[string][]time.Duration{"lexical":lex,"nearest":near,"facets":fac,"search":srch,"mk":mk}{ if len(d)==0{continue}; slices.Sort(d); fmt.Println(name,n,"min",d[0],"p25",d[len(d)/4],"p50",d[len(d)/2],"p95",d[len(d)*95/100])}
 }
}
