// Replays the published corpus through this package and prints the digest of
// its answers: conformance CORPUS. The format is in tests/conformance/README.md.
// Exits with 1 if a line differs from the corpus.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"google.golang.org/protobuf/proto"

	influence "github.com/libinfluence/libinfluence/abi/go"
	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("conformance CORPUS")
	}
	file, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	digest, cases, err := replay(file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s  %d cases\n", digest, cases)
}

// replay writes the corpus anew; its questions are copied, its answers made.
func replay(corpus io.Reader) (string, int, error) {
	in := bufio.NewReaderSize(corpus, 1<<20)
	hash := sha256.New()
	var engines []*influence.Engine
	cases := 0
	for {
		block, err := readBlock(in)
		if err == io.EOF {
			return hex.EncodeToString(hash.Sum(nil)), cases, nil
		}
		if err != nil {
			return "", 0, err
		}
		var made bytes.Buffer
		words := strings.Fields(block[0])
		switch words[0] {
		case "engine":
			fmt.Fprintln(&made, block[0])
			engines = append(engines, makeEngine(words, &made))
		case "case":
			cases++
			if err := answer(block, engines, &made); err != nil {
				return "", 0, fmt.Errorf("%s: %w", block[0], err)
			}
		default:
			fmt.Fprintln(&made, strings.Join(block, "\n"))
		}
		if wanted := strings.Join(block, "\n") + "\n"; made.String() != wanted {
			return "", 0, fmt.Errorf("%s: the corpus has\n%s\nthis library gives\n%s",
				block[0], wanted, made.String())
		}
		made.WriteByte('\n')
		hash.Write(made.Bytes())
	}
}

func readBlock(in *bufio.Reader) ([]string, error) {
	var block []string
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF && line == "" && block == nil {
			return nil, io.EOF
		}
		if err != nil {
			return nil, fmt.Errorf("the corpus ends within a block: %w", err)
		}
		if line = line[:len(line)-1]; line == "" {
			return block, nil
		}
		block = append(block, line)
	}
}

// status is the number of an error; the library's, or of a profile.
func status(err error) int32 {
	var why influence.Status
	if err == nil {
		return 0
	}
	if errors.As(err, &why) {
		return int32(why)
	}
	return -1
}

func makeEngine(words []string, out *bytes.Buffer) *influence.Engine {
	var engine *influence.Engine
	var err error
	if words[2] == "table" {
		var table []byte
		if len(words) > 3 {
			table, _ = hex.DecodeString(words[3])
		}
		engine, err = influence.NewCustomEngineBytes(table)
	} else {
		engine, err = influence.NewEngine(words[2])
	}
	fmt.Fprintln(out, "status", status(err))
	if err != nil {
		return nil
	}
	described, err := engine.Describe()
	if err != nil {
		fmt.Fprintln(out, "status", status(err))
		return nil
	}
	fmt.Fprintln(out, "algorithm", name(described.Algorithm.Id), described.Fingerprint,
		bit(described.Released))
	for _, row := range described.Algorithm.Rows {
		fmt.Fprintf(out, "row %d %d %d %d", row.Factor, row.WeightMicropoints,
			row.FullMarksMicros, row.HalfLifeUnits)
		for _, count := range row.Counts {
			fmt.Fprintf(out, " %d %d", count.Signal, count.ValueMicros)
		}
		fmt.Fprintln(out)
	}
	for _, price := range described.Prices {
		fmt.Fprintln(out, "price", int32(price.Factor), price.DoubledMicropoints,
			price.TenfoldMicropoints, price.Silent_30DaysMicropoints)
	}
	return engine
}

func answer(block []string, engines []*influence.Engine, out *bytes.Buffer) error {
	var request []byte
	var engine *influence.Engine
	for _, line := range block {
		words := strings.Fields(line)
		switch words[0] {
		case "status":
			if engine == nil {
				return errors.New("no engine")
			}
			render(engine, request, out)
			return nil
		case "by":
			var number int
			if _, err := fmt.Sscan(words[1], &number); err != nil || number >= len(engines) {
				return fmt.Errorf("no engine %s", words[1])
			}
			engine = engines[number]
		case "request":
			if len(words) > 1 {
				var err error
				if request, err = hex.DecodeString(words[1]); err != nil {
					return err
				}
			}
		}
		fmt.Fprintln(out, line)
	}
	return errors.New("no answer")
}

func render(engine *influence.Engine, request []byte, out *bytes.Buffer) {
	data, err := engine.ScoreBytes(request)
	fmt.Fprintln(out, "status", status(err))
	if err != nil {
		return
	}
	response := &influencepb.ScoreResponse{}
	if err := proto.Unmarshal(data, response); err != nil {
		fmt.Fprintln(out, "broken", err)
		return
	}
	identity := response.Identity
	if digest := sha256.Sum256(request); identity.InputDigest != hex.EncodeToString(digest[:]) {
		fmt.Fprintln(out, "broken input_digest")
	}
	day := "-"
	if identity.AsOfDays != nil {
		day = fmt.Sprint(*identity.AsOfDays)
	}
	fmt.Fprintln(out, "identity", name(identity.Algorithm), identity.Fingerprint, day)
	for i, result := range response.Results {
		fmt.Fprintln(out, "result", name(result.Id), bit(result.Text != ""))
		if ledger := result.GetLedger(); ledger != nil {
			renderLedger(ledger, out)
		}
		if err := result.GetError(); err != nil {
			field := strings.TrimPrefix(err.Field, fmt.Sprintf("profiles[%d]", i))
			fmt.Fprintln(out, "error", int32(err.Code), name(strings.TrimPrefix(field, ".")))
		}
	}
}

func renderLedger(ledger *influence.Ledger, out *bytes.Buffer) {
	fmt.Fprintln(out, "ledger", ledger.ScoreMicropoints, ledger.LowMicropoints,
		ledger.HighMicropoints, ledger.CoverageMicropoints, int32(ledger.Band))
	for _, line := range ledger.Lines {
		fmt.Fprintln(out, "line", int32(line.Factor), line.QuantityMicros, line.FullMarksMicros,
			line.ShareMicros, line.WeightMicropoints, line.PointsMicropoints, int32(line.Cap),
			line.CoveredMicropoints, line.MissingMicropoints)
		for _, part := range line.Parts {
			fmt.Fprintln(out, "part", name(part.Network), part.QuantityMicros,
				part.PointsMicropoints)
		}
	}
	reasons := func(word string, list []*influencepb.Reason) {
		for _, reason := range list {
			fmt.Fprintln(out, word, int32(reason.Code), int32(reason.Factor),
				reason.PointsMicropoints, reason.QuantityMicros, reason.FullMarksMicros)
		}
	}
	reasons("lifted", ledger.Lifted)
	reasons("held_back", ledger.HeldBack)
	for _, account := range ledger.Accounts {
		fmt.Fprint(out, "account ", name(account.Network))
		for _, signal := range []*int64{account.MentionsMicros, account.RepliesMicros,
			account.SavesMicros, account.LikesMicros, account.ResharesMicros,
			account.QuotesMicros, account.ListingsMicros, account.FollowersMicros,
			account.StandingMicros, account.EndorsementsMicros} {
			if signal == nil {
				fmt.Fprint(out, " -")
			} else {
				fmt.Fprint(out, " ", *signal)
			}
		}
		fmt.Fprintln(out)
	}
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// name writes any bytes as one word.
func name(text string) string {
	if text == "" {
		return "%"
	}
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-[]"
	var out strings.Builder
	for _, b := range []byte(text) {
		if strings.IndexByte(plain, b) >= 0 {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02x", b)
		}
	}
	return out.String()
}
