package ingest_test
import ("testing";"time";"fmt";"slices";"bufio";"compress/gzip";"encoding/json";"os";"strings";"github.com/jackc/pgx/v5/pgxpool";"github.com/parleyhq/parley/migrations/pgtest";"github.com/parleyhq/parley/retrieval/pgindex"
"github.com/parleyhq/parley/retrieval";"github.com/parleyhq/parley/retrieval/embed";"github.com/parleyhq/parley/retrieval/skills")
func TestZZ(t *testing.T){
 f,_:=os.Open(realPosts(t));z,_:=gzip.NewReader(f);sc:=bufio.NewScanner(z);sc.Buffer(nil,1<<24)
 var titles []string
 for sc.Scan(){var p struct{Title,Description string};json.Unmarshal(sc.Bytes(),&p);titles=append(titles,p.Title+" "+p.Description[:min(200,len(p.Description))])}
 var pool *pgxpool.Pool
 for name,open:=range map[string]func(*testing.T) retrieval.Index{"pg":func(t *testing.T) retrieval.Index{pool=pgtest.Pool(t); x,_:=pgindex.New(t.Context(),pool); return x}}{
 x:=open(t); e:=embed.Builtin(); r:=retrieval.New(x,e,skills.Default())
 if _,_,err:=load(t,r,realPosts(t));err!=nil{t.Log(err)}

 if name=="pg" { p:=pool
  ex:=func(q string,a ...any){ rows,err:=p.Query(t.Context(),"explain (analyze, buffers) "+q,a...); if err!=nil{t.Fatal(err)}; for rows.Next(){var l string; rows.Scan(&l); fmt.Println(l)}; if rows.Err()!=nil{fmt.Println(rows.Err())}; fmt.Println("----") }
  d,_:=x.Facets(t.Context(),retrieval.Filter{Tenant:"acme",Kind:retrieval.KindJobPost},nil,60)
  var ids []string; for _,f:=range d {ids=append(ids,f.ID)}
  do:=func(){
  ex("select facets from documents where tenant = $1 and kind = $2 and id = any($3)","acme","job_post",ids)
  ex("select (select count(*) from (select from documents where words @@ q::tsquery limit $2) has) from unnest($1::text[]) with ordinality as asked(q, nth) order by nth",[]string{"'=job_post:acme' & ('unity')","'=job_post:acme' & ('data')","'=job_post:acme' & ('develop')"},10000)
  ex("select id, ts_rank('{0.2,0.3125,0.48828,0.76294}', words, $1::tsquery)*3::float8+ ts_rank('{0.2,0.3125,0.48828,0.76294}', words, $2::tsquery)*3::float8 + ts_rank('{0.2,0.3125,0.48828,0.76294}', words, $4::tsquery)*3::float8 as score from (select id, words from documents where tenant='acme' and kind='job_post' and words @@ $3::tsquery limit 2000) c order by score desc, id limit 60","'data'","'unity'","'=job_post:acme' & ('unity' | 'data')","'website'")
  }

  ts:=[]string{"websit","develop","data","unity","python","project","design","shop","mobil","applic","creat","visual"}
  sel:=[]string{}; args:=[]any{}; for i,w:=range ts { sel=append(sel,fmt.Sprintf("ts_rank('{0.2,0.3125,0.48828,0.76294}', words, $%d::tsquery) * $%d::float8",2*i+1,2*i+2)); args=append(args,"'"+w+"'",1.5)}
  args=append(args,"'=job_post:acme' & ('unity' | 'shop' | 'visual' | 'python')")
  ex("select id, "+strings.Join(sel," + ")+" as score from (select id, words from documents where tenant='acme' and kind='job_post' and words @@ $25::tsquery limit 2000) c order by score desc, id limit 60",args...)
  ex("select id, "+strings.Join(sel," + ")+" as score from (select id, words from documents where tenant='acme' and kind='job_post' and words @@ $25::tsquery limit 2000) c order by score desc, id limit 60",args...)
  _=do
}
 var cold,lex,near,fac,srch,mk []time.Duration
 all:=retrieval.Filter{Tenant:"acme",Kind:retrieval.KindJobPost}
 for i:=0;i<300;i++{ q:=titles[(i*17)%len(titles)]
  var terms []string; for _,w:=range strings.Fields(q){ if len(w)>4&&len(terms)<12{terms=append(terms,w)}}
  v,_:=e.Embed(t.Context(),[]string{q})
  s0:=time.Now(); x.Lexical(t.Context(),all,terms,60); cold=append(cold,time.Since(s0)); s:=time.Now(); l,err:=x.Lexical(t.Context(),all,terms,60); lex=append(lex,time.Since(s)); if err!=nil{t.Fatal(err)}
  s=time.Now(); _,err=x.Nearest(t.Context(),all,e.Name(),v[0],60); near=append(near,time.Since(s)); if err!=nil{t.Fatal(err)}
  var ids []string; for _,h:=range l{ids=append(ids,h.ID)}
  s=time.Now(); _,err=x.Facets(t.Context(),all,ids,0); fac=append(fac,time.Since(s)); if err!=nil{t.Fatal(err)}
  s=time.Now(); _,err=r.Search(t.Context(),retrieval.Query{Tenant:"acme",Kind:retrieval.KindJobPost,Text:q,Limit:60}); srch=append(srch,time.Since(s)); if err!=nil{t.Fatal(err)}
 }
 for n,d:=range map[string][]time.Duration{"cold":cold,"lexical":lex,"nearest":near,"facets":fac,"search":srch,"mk":mk}{ if len(d)==0{continue}; slices.Sort(d); fmt.Println(name,n,"min",d[0],"p25",d[len(d)/4],"p50",d[len(d)/2],"p95",d[len(d)*95/100])}
 }
}
