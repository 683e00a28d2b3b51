package words

import "strings"

var stopWords = readWords(`
a an the and or but nor so yet if then else than that this these those there here it its is are was were be been being am do does did
doing done have has had having will would shall should can could may might must of in on at to for from with without by as into onto
over under about above below between through during before after again once off out up down only own same such both each few more most
some any all no not very too just also even still ever never always often maybe perhaps rather quite i me my mine we us our ours you
your yours he him his she her hers they them their theirs who whom whose which what when where why how im ive id ill youre youd youll
weve were dont doesnt didnt cant couldnt isnt arent wont wouldnt lets get gets got getting go goes going gone make makes made making
let need needs needed want wants wanted like likes please thanks thank hi hello hey dear looking look seek seeking find hire hiring
someone somebody anyone anybody something anything everything nothing thing things one ones two able know knows well good great best
really much many lot lots bit kind sort etc eg ie per via because since while until although though however therefore thus us s t re ve
ll d m would help helps us work works working job project freelancer freelancers candidate candidates experience experienced person
must-have ideal ideally required requirement requirements`)

func readWords(list string) map[string]struct{} {
	read := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		read[word] = struct{}{}
	}
	return read
}
