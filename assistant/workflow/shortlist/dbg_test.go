package shortlist_test
import ("testing";"os")
func TestDbg(t *testing.T){
 id:=os.Getenv("DBG"); if id=="" {t.Skip()}
 if id=="booking" {
  c:=rental(t); dump(t,c,nil); return }
 for _,x:=range devCases(t){ if x.ID!=id {continue}
  c:=newTalk(t,x.documents(t)...); a:=c.say("Find me people for this post: post-1"); t.Log(a.text); t.Log(x.Post.Title, x.Post.Description); dump(t,c,x.Relevance)
 }
}
func dump(t *testing.T,c *talk, rel map[string]float64){
  d:=c.list()
  for _,r:=range d.Requirements { t.Logf("R %s %s must=%v hard=%v not=%v %q <- %q",r.ID,r.Kind,r.Must,r.Hard,r.Not,r.Text,r.Quote)}
  for _,x:=range d.Candidates { t.Logf("%s rel=%v score %.1f limits=%v", x.ProfileID, rel[x.ProfileID], x.Score, x.Limits)
   s:=""
   for _,p:=range x.Parts { s+=string(p.Feature)+"="+f2(p.Value)+" " }
   t.Log("   ",s)
   for _,f:=range x.Findings { if f.Status=="met" && os.Getenv("ALL")=="" { continue };  q:=""; if len(f.Proofs)>0 {q=f.Proofs[0].Field+" "+f.Proofs[0].Quote}; t.Logf("     %s %s %.2f %q %s %s",f.Requirement,f.Status,f.Degree,q,f.Note,f.Via)}
  }
}
func f2(x float64) string { return string([]byte{byte('0'+int(x)), '.', byte('0'+int(x*10)%10), byte('0'+int(x*100)%10)}) }
