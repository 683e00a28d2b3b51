package words

import "strings"

// Stop reports whether a word, as Split returns it, says nothing about a piece
// of work in an English text.
func Stop(word string) bool { return StopIn(English, word) }

// StopIn reports whether a word says nothing about a piece of work in a text of
// a language: function words, and those of nearly every post.
func StopIn(language Language, word string) bool {
	if Function(language, word) {
		return true
	}
	_, stop := fillers[language][word]
	return stop
}

// Function reports whether a word is one that sentences of a language are built
// with, whatever they are about. Indexes leave them out.
func Function(language Language, word string) bool {
	_, function := functionWords[language][word]
	return function
}

// functionWords are written as Split returns words: without accents.
var functionWords = map[Language]map[string]struct{}{
	English: readWords(`
a an the and or but nor so yet if then else than that this these those there here it its is are was were be been being am do does did
doing done has have had having will would shall should can could may might must of in on at to for from with without by as into onto
about above below between through during before after again once out up down only own same such both each few more most
some any all no not very too just also ever i me my mine we us our ours you ourselves themselves yourselves
your yours he him his she her hers they them their theirs who whom whose which what when where why how im ive id ill youre youd youll
weve were dont doesnt didnt cant couldnt isnt arent wont wouldnt because since while until although though however therefore thus s t
over under off further herself himself itself myself yourself`),
	Spanish: readWords(`
a al algo alguien algun alguna algunas alguno algunos ante antes aquel aquella aquellos aqui asi aun aunque bajo bien cada casi como con contra cual
cuales cuando cuanto de del desde donde dos durante e el ella ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba estamos
estan estar estas este esto estos estoy fue fueron ha habia hace hacia han hasta hay he la las le les lo los mas me mi mis mientras mucho muchos muy nada ni
no nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque pues que quien quienes se sea sean ser sera si
sido sin sino sobre sois solo somos son soy su sus tal tambien tan tanto te tener tengo ti tiene tienen todo toda todas todos tu tus un una unas
uno unos usted ustedes va vamos y ya yo`),
	Portuguese: readWords(`
a ao aos aquela aquele aqueles as ate cada com como contra da das de dela dele deles depois desde do dos e ela elas ele eles em entre era
eram essa essas esse esses esta estamos estao estar estas este estes estou eu foi foram ha isso isto ja la lhe mais mas me mesmo meu meus
minha minhas muito muitos na nao nas nem no nos nossa nossas nosso nossos num numa o os ou outra outras outro outros para pela pelas pelo pelos por porque
qual quais quando quanto que quem se seja sem ser sera seu seus so sobre sou sua suas tambem tao tem temos tenho ter teu todo toda todas todos tu tua
um uma umas uns voce voces`),
	French: readWords(`
a afin ai alors apres au aucun aucune aussi autre autres aux avait avant avec avez avoir avons c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez
comme comment d dans de depuis des donc dont du elle elles en encore entre es est et etait etaient etant ete etes etre eu eux faire fait fois font hors
il ils j je jusqu l la le les leur leurs lorsque lui m ma mais me meme memes mes moi moins mon n ne ni non nos notre nous on ont ou par parce
parmi pas pendant peu peut plus pour pourquoi pres puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera ses si sinon soi soit
sommes son sont sous suis sur ta te tes toi ton tous tout toute toutes tres tu un une vers voici vos votre vous y`),
	German: readWords(`
ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bereits bin bis bist da dabei dadurch dafur dafuer damit dann daran
das dass dazu dein deine dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer
eines er es etwa etwas euch euer eure fur fuer gegen gibt hab habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in
ins ist ja jede jedem jeden jeder jedes jedoch jetzt kann kannst kein keine keinem keinen keiner konnen koennen konnte man mehr mein meine meinem meinen meiner
mich mir mit muss mussen muessen nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so sobald sollte
sollten sowie sowohl statt uber ueber um und uns unser unsere unserem unseren unserer unter viel viele vom von vor war waren was weil welche welchen
welcher wenn wer werde werden wie wieder will wir wird wo wollen wurde wurden zu zum zur zwar zwischen`),
}

// fillers are words of nearly every post or request.
var fillers = map[Language]map[string]struct{}{
	English: readWords(`
re ve ll d m even still never always often maybe perhaps rather quite
lets get gets got getting go goes going gone make makes made making
let need needs needed want wants wanted like likes please thanks thank hi hello hey dear looking look seek seeking find hire hiring
someone somebody anyone anybody something anything everything nothing thing things one ones two able know knows well good great best
really much many lot lots bit kind sort etc eg ie per via
help helps us work works working job project freelancer freelancers candidate candidates experience experienced person
must-have ideal ideally required requirement requirements`),
	Spanish: readWords(`
busco buscamos busca buscando necesito necesitamos necesita quiero queremos quisiera gustaria favor gracias hola buenas buenos dias ayuda ayudar hacer
trabajo trabajos trabajar proyecto proyectos freelance freelancer experiencia persona personas alguien requisitos requisito ideal puede pueda puedas`),
	Portuguese: readWords(`
procuro procuramos procura procurando preciso precisamos precisa busco buscamos quero queremos gostaria favor obrigado obrigada ola bom boa dia ajuda ajudar fazer
trabalho trabalhos trabalhar projeto projetos freelance freelancer experiencia pessoa pessoas alguem requisitos requisito ideal possa pode`),
	French: readWords(`
cherche cherchons recherche recherchons besoin veux voulons voudrais voudrions souhaite souhaitons aimerais merci bonjour salut aide aider quelqu quelque
travail travaux travailler projet projets freelance freelancer experience personne personnes requis ideal idealement`),
	German: readWords(`
suche suchen gesucht brauche brauchen benotige benoetige benotigen benoetigen mochte moechte mochten moechten bitte danke hallo hilfe helfen jemand jemanden machen
arbeit arbeiten projekt projekte freelancer freiberufler freiberuflich erfahrung erfahrungen person personen anforderungen ideal idealerweise gerne gern`),
}

func readWords(list string) map[string]struct{} {
	read := make(map[string]struct{})
	for word := range strings.FieldsSeq(list) {
		read[word] = struct{}{}
	}
	return read
}
