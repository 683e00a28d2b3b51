package gateway

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"
	"github.com/tiktoken-go/tokenizer/codec"

	"github.com/parleyhq/parley/assistant/model"
)

const (
	aroundMessage = 4       // tokens that a chat template puts around a message
	countedAtMost = 1 << 20 // bytes; longer texts are counted in part
	unlimited     = 4096    // tokens of an answer that nothing limits
)

// vocabulary is OpenAI's o200k_base: exact for its present models, near for
// others. It takes 40 ms and 6 MB when it is first needed.
var vocabulary = sync.OnceValue(codec.NewO200kBase)

// count counts the tokens of a text.
func count(text string) int {
	part := text
	if len(part) > countedAtMost {
		part = strings.ToValidUTF8(part[:countedAtMost], "")
	}
	n, err := vocabulary().Count(part)
	if err != nil {
		n = (len(part) + 3) / 4
	}
	if len(part) < len(text) {
		n = int(int64(n) * int64(len(text)) / int64(len(part)))
	}
	return n
}

// counted is the usage of a call whose server does not say.
func counted(body openai.ChatCompletionRequest, answer string) model.Usage {
	usage := model.Usage{OutputTokens: count(answer)}
	for _, m := range body.Messages {
		usage.InputTokens += count(m.Content) + aroundMessage
	}
	return usage
}

// Count is what a request and its answer come to in tokens, as a server would be
// sent them: for estimates of what calls cost that were not made.
func Count(request model.Request, answer string) model.Usage {
	return counted(openai.ChatCompletionRequest{Messages: messages(request)}, answer)
}

// atMost is what a call may come to, found quickly and on the high side: a
// token for two bytes of ASCII, where English has four to a token, and one for
// every other byte.
func atMost(body openai.ChatCompletionRequest) model.Usage {
	usage := model.Usage{OutputTokens: answerLimit(body)}
	for _, m := range body.Messages {
		plain := 0
		for i := range len(m.Content) {
			if m.Content[i] < utf8.RuneSelf {
				plain++
			}
		}
		usage.InputTokens += (plain+1)/2 + len(m.Content) - plain + aroundMessage
	}
	if usage.OutputTokens == 0 {
		usage.OutputTokens = unlimited
	}
	return usage
}

func answerLimit(body openai.ChatCompletionRequest) int {
	//lint:ignore SA1019 see limitAnswer.
	return max(body.MaxCompletionTokens, body.MaxTokens)
}

// limitAnswer sets the most tokens of an answer.
func limitAnswer(body *openai.ChatCompletionRequest, tokens int) {
	if reasoning(body.Model) {
		body.MaxCompletionTokens = tokens // these refuse max_tokens
	} else {
		//lint:ignore SA1019 OpenAI alone calls it old; many other servers know only this one.
		body.MaxTokens = tokens
	}
}
