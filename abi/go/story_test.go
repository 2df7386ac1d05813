package influence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// A story is ../story.txt: the inputs, and the digests that the outputs have
// here as in C.
type story struct {
	t      testing.TB
	inputs map[string][]byte
	wanted map[string]string
	told   map[string]string
}

func readStory(t testing.TB) *story {
	t.Helper()
	text, err := os.ReadFile("../story.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := &story{t, map[string][]byte{}, map[string]string{}, map[string]string{}}
	name := ""
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "  "):
			data, err := hex.DecodeString(words[0])
			if err != nil {
				t.Fatal(err)
			}
			s.inputs[name] = append(s.inputs[name], data...)
		case words[0] == "input":
			name = words[1]
			s.inputs[name] = nil
		default:
			s.wanted[words[1]] = words[2]
		}
	}
	return s
}

func (s *story) in(name string) []byte {
	data, found := s.inputs[name]
	if !found {
		s.t.Fatalf("the story has no %s", name)
	}
	return data
}

// into is an input as a message.
func into[M proto.Message](s *story, name string, message M) M {
	if err := proto.Unmarshal(s.in(name), message); err != nil {
		s.t.Fatal(err)
	}
	return message
}

func (s *story) out(name string, data []byte, err error) {
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	sum := sha256.Sum256(data)
	s.told[name] = hex.EncodeToString(sum[:])
	if s.told[name] != s.wanted[name] {
		s.t.Errorf("%s is %s, and not %s", name, s.told[name], s.wanted[name])
	}
}

// end fails if something was left out.
func (s *story) end() {
	for name := range s.wanted {
		if s.told[name] == "" {
			s.t.Errorf("%s was not told", name)
		}
	}
}

// must is for calls that have to give something.
func must[T any](t testing.TB) func(T, error) T {
	return func(made T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
}

func noError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *story) tally(engine *Engine, batches ...string) *Tally {
	s.t.Helper()
	tally := must[*Tally](s.t)(engine.NewTally(into(s, "tally_options", &influencepb.TallyOptions{})))
	s.t.Cleanup(tally.Close)
	for _, batch := range batches {
		noError(s.t, tally.AddBytes(s.in(batch)))
	}
	return tally
}

func saved(t testing.TB, tally *Tally) []byte {
	t.Helper()
	var kept bytes.Buffer
	noError(t, tally.Save(&kept))
	return kept.Bytes()
}

func requestOf(t testing.TB, stream *Stream) []byte {
	t.Helper()
	defer stream.Close()
	request := &influencepb.ScoreRequest{Algorithm: "v1"}
	for person, err := range stream.Profiles() {
		noError(t, err)
		request.Profiles = append(request.Profiles, person)
	}
	return must[[]byte](t)(proto.Marshal(request))
}

// linesOf are the named columns, row by row.
func linesOf(t testing.TB, stream *Stream, names ...string) []byte {
	t.Helper()
	defer stream.Close()
	var lines bytes.Buffer
	for {
		batch, err := stream.Next()
		if err == io.EOF {
			return lines.Bytes()
		}
		noError(t, err)
		write(&lines, batch, names...)
	}
}

func write(lines *bytes.Buffer, batch *Batch, names ...string) {
	for row := range batch.Rows {
		for i, name := range names {
			if i > 0 {
				lines.WriteByte(' ')
			}
			if column := batch.Column(name); column.Text != nil {
				lines.WriteString(column.Text[row])
			} else {
				fmt.Fprint(lines, column.Values[row])
			}
		}
		lines.WriteByte('\n')
	}
}

// scoresIn are the lines of a scored stream, in points.
func scoresIn(t testing.TB, stream *Stream) []byte {
	t.Helper()
	defer stream.Close()
	var lines bytes.Buffer
	for {
		batch, err := stream.Next()
		if err == io.EOF {
			return lines.Bytes()
		}
		noError(t, err)
		for row, id := range batch.Column("id").Text {
			lines.WriteString(id)
			for _, name := range scoreNames[1:] {
				lines.WriteString(" " + FormatPoints(batch.Column(name).Values[row], 6))
			}
			lines.WriteByte('\n')
		}
	}
}

// tellCounts scores each person by plain counts.
func (s *story) tellCounts(engine *Engine) {
	var lines, points bytes.Buffer
	for _, person := range into(s, "counts", &influencepb.ScoreRequest{}).Profiles {
		counts := UnknownCounts()
		account := person.Accounts[0]
		for i, micros := range []*int64{Mentions: account.MentionsMicros,
			Replies: account.RepliesMicros, Saves: account.SavesMicros,
			Likes: account.LikesMicros, Reshares: account.ResharesMicros,
			Quotes: account.QuotesMicros, Listings: account.ListingsMicros,
			Followers: account.FollowersMicros, Standings: account.StandingMicros,
			Endorsements: account.EndorsementsMicros} {
			if micros != nil {
				counts[i] = *micros / 1_000_000
			}
		}
		score := must[Score](s.t)(engine.ScoreCounts(counts))
		lines.WriteString(person.Id)
		for _, micropoints := range []int64{score.Score, score.Low, score.High, score.Coverage} {
			lines.WriteString(" " + FormatPoints(micropoints, 6))
		}
		lines.WriteByte('\n')
		fmt.Fprintln(&points, person.Id, FormatPoints(score.Score, 1))
	}
	s.out("counts", lines.Bytes(), nil)
	s.out("points", points.Bytes(), nil)
}

func TestTheStoryIsTheSameAsInC(t *testing.T) {
	s := readStory(t)
	v1 := newV1(t)
	v2 := must[*Engine](t)(NewEngine("v2"))
	defer v2.Close()

	s.tellCounts(v1)
	var refused *Error
	if !errors.As(second(NewCustomEngineBytes(s.in("bad_algorithm"))), &refused) {
		t.Fatal("the bad algorithm is accepted")
	}
	s.out("error", []byte(statusName(refused.Status)+" "+refused.Field+"\n"), nil)

	tally := s.tally(v1, "events_1", "events_2")
	one, other := s.tally(v1, "events_1"), s.tally(v1, "events_2")
	merged := must[*Tally](t)(v1.LoadTally(bytes.NewReader(saved(t, other))))
	defer merged.Close()
	noError(t, merged.Merge(one))
	s.out("tally.save", saved(t, tally), nil)
	s.out("tally.save", saved(t, merged), nil)
	report := must[*influencepb.TallyReport](t)(tally.Report())
	report.MemoryBytes = 0 // not the same for the same events
	data, err := proto.Marshal(report)
	s.out("tally.report", data, err)
	data, err = tally.SubjectBytes(s.in("subject_request"))
	s.out("tally.subject", data, err)
	subject := must[*influencepb.SubjectReport](t)(
		tally.Subject(into(s, "subject_request", &influencepb.SubjectRequest{})))
	data, err = proto.Marshal(subject)
	s.out("tally.subject", data, err)
	var lines bytes.Buffer
	write(&lines, must[*Batch](t)(tally.Topics()), "id", "topic", "score_micros",
		"quantity_micros", "people")
	s.out("tally.topics", lines.Bytes(), nil)
	s.out("tally.profiles", requestOf(t, must[*Stream](t)(tally.Profiles(nil))), nil)
	small := &influencepb.StreamOptions{BatchRows: 3}
	s.out("tally.profiles", requestOf(t, must[*Stream](t)(tally.Profiles(small))), nil)

	run := func(name string, threads uint32, add func(*Graph) error) *Standing {
		graph := must[*Graph](t)(v1.NewGraph(nil))
		defer graph.Close()
		noError(t, add(graph))
		noError(t, graph.SeedBytes(s.in("seeds")))
		standing := must[*Standing](t)(graph.Run(ctx, &influencepb.RunOptions{Threads: threads}, nil))
		report := must[*influencepb.StandingReport](t)(standing.Report())
		report.MemoryBytes = 0
		data, err := proto.Marshal(report)
		s.out(name+".report", data, err)
		ranks := must[*Stream](t)(standing.Ranks(nil))
		s.out(name+".ranks", linesOf(t, ranks, "id", "rank", "standing_micros"), nil)
		t.Cleanup(standing.Close)
		return standing
	}
	standing := run("edges", 2, func(g *Graph) error { return g.AddBytes(s.in("edges")) })
	data, err = standing.ExplainBytes(s.in("node_request"))
	s.out("edges.node", data, err)
	standing = run("events", 1, func(g *Graph) error { return g.AddTally(tally) })
	join := func() *Stream {
		return must[*Stream](t)(standing.Join(must[*Stream](t)(tally.Profiles(nil))))
	}
	s.out("joined.profiles", requestOf(t, join()), nil)
	scores := must[*Stream](t)(v1.ScoreStream(join(), ColumnsOptions{}))
	if digest := scores.Metadata()["influence.graph.digest"]; len(digest) != 64 {
		t.Errorf("of which graph: %q", digest)
	}
	s.out("joined.scores", scoresIn(t, scores), nil)

	scored, err := v1.ScoreBytes(s.in("score_request"))
	s.out("score", scored, err)
	compared, err := CompareBytes(v1, v2, s.in("compare_request"))
	s.out("compare", compared, err)
	answered, err := v1.WhatIfBytes(s.in("what_if_request"))
	s.out("what_if", answered, err)

	drift := func(batches ...string) *Drift {
		d := must[*Drift](t)(NewDrift(v1, v2, into(s, "drift_options", &influencepb.DriftOptions{})))
		t.Cleanup(d.Close)
		for _, batch := range batches {
			noError(t, d.AddBytes(s.in(batch)))
		}
		return d
	}
	whole := drift("people_1", "people_2")
	part := must[[]byte](t)(drift("people_2").Save())
	loaded := must[*Drift](t)(LoadDrift(v1, v2, part))
	defer loaded.Close()
	noError(t, loaded.Merge(drift("people_1")))
	data, err = whole.Save()
	s.out("drift.save", data, err)
	data, err = loaded.Save()
	s.out("drift.save", data, err)
	data, err = whole.ReportBytes()
	s.out("drift.report", data, err)

	result, comparison := &influencepb.ScoreResponse{}, &influencepb.CompareResponse{}
	whatIf := &influencepb.WhatIfResponse{}
	noError(t, proto.Unmarshal(scored, result))
	noError(t, proto.Unmarshal(compared, comparison))
	noError(t, proto.Unmarshal(answered, whatIf))
	population := must[*influencepb.DriftReport](t)(whole.Report())
	for name, page := range map[string]*influencepb.RenderRequest{
		"result":     {Subject: &influencepb.RenderRequest_Result{Result: result}},
		"comparison": {Subject: &influencepb.RenderRequest_Comparison{Comparison: comparison}},
		"what_if":    {Subject: &influencepb.RenderRequest_WhatIf{WhatIf: whatIf}},
		"drift":      {Subject: &influencepb.RenderRequest_Drift{Drift: population}}} {
		for format, formatName := range map[influencepb.RenderFormat]string{
			influencepb.RenderFormat_RENDER_FORMAT_TEXT: "text",
			influencepb.RenderFormat_RENDER_FORMAT_HTML: "html"} {
			for _, language := range []string{"en", "de"} {
				page.Format, page.Language = format, language
				text, err := Render(page)
				s.out("render."+name+"."+formatName+"."+language, []byte(text), err)
			}
		}
	}
	s.end()
}

// Typed messages give the same results as bytes, and columns the same as
// messages.
func TestColumnsTellTheSameStory(t *testing.T) {
	s := readStory(t)
	engine := newV1(t)
	tally := s.tally(engine)
	for _, name := range []string{"events_1", "events_2"} {
		var actor, subject, kind, network, topic Column
		var time Column
		actor.Name, subject.Name, kind.Name = "actor", "subject", "kind"
		network.Name, topic.Name, time.Name = "network", "topic", "time"
		for _, event := range into(s, name, &influencepb.EventBatch{}).Events {
			actor.Text = append(actor.Text, event.Actor)
			subject.Text = append(subject.Text, event.Subject)
			kind.Text = append(kind.Text,
				strings.ToLower(strings.TrimPrefix(event.Kind.String(), "SIGNAL_")))
			network.Text = append(network.Text, event.Network)
			topic.Text = append(topic.Text, event.Topic)
			time.Values = append(time.Values, event.TimeSeconds)
		}
		noError(t, tally.AddColumns([]Column{actor, subject, kind, network, topic, time}))
	}
	s.out("tally.save", saved(t, tally), nil)
	typed := s.tally(engine)
	for _, name := range []string{"events_2", "events_1"} {
		noError(t, typed.Add(into(s, name, &influencepb.EventBatch{})))
	}
	s.out("tally.save", saved(t, typed), nil)

	graph := must[*Graph](t)(engine.NewGraph(&influencepb.GraphOptions{Algorithm: "v1"}))
	defer graph.Close()
	source, target := Column{Name: "source"}, Column{Name: "target"}
	weight := Column{Name: "weight"}
	for _, edge := range into(s, "edges", &influencepb.EdgeBatch{}).Edges {
		source.Text = append(source.Text, edge.Source)
		target.Text = append(target.Text, edge.Target)
		value := int64(1)
		if edge.Weight != nil {
			value = int64(*edge.Weight)
		}
		weight.Values = append(weight.Values, value)
	}
	noError(t, graph.AddColumns([]Column{source, target, weight}))
	noError(t, graph.Seed(into(s, "seeds", &influencepb.SeedList{})))
	standing := must[*Standing](t)(graph.Run(ctx, nil, nil))
	defer standing.Close()
	s.out("edges.ranks", linesOf(t, must[*Stream](t)(standing.Ranks(&influencepb.StreamOptions{
		BatchRows: 2})), "id", "rank", "standing_micros"), nil)
	node := must[*influencepb.NodeReport](t)(
		standing.Explain(into(s, "node_request", &influencepb.NodeRequest{})))
	data, err := proto.Marshal(node)
	s.out("edges.node", data, err)

	v2 := must[*Engine](t)(NewEngine("v2"))
	defer v2.Close()
	compared := must[*influencepb.CompareResponse](t)(
		Compare(engine, v2, into(s, "compare_request", &influencepb.CompareRequest{})))
	data, err = proto.Marshal(compared)
	s.out("compare", data, err)
	answered := must[*influencepb.WhatIfResponse](t)(
		engine.WhatIf(into(s, "what_if_request", &influencepb.WhatIfRequest{})))
	data, err = proto.Marshal(answered)
	s.out("what_if", data, err)
	drift := must[*Drift](t)(NewDrift(engine, v2, into(s, "drift_options", &influencepb.DriftOptions{})))
	defer drift.Close()
	for _, name := range []string{"people_2", "people_1"} {
		noError(t, drift.Add(into(s, name, &influencepb.ScoreRequest{}).Profiles))
	}
	report := must[*influencepb.DriftReport](t)(drift.Report())
	data, err = proto.Marshal(report)
	s.out("drift.report", data, err)

	// By columns, sliced.
	sliced := must[*Drift](t)(NewDrift(engine, v2, &influencepb.DriftOptions{
		Top: 1, Slices: []string{"country"}}))
	defer sliced.Close()
	noError(t, sliced.AddColumns([]Column{{Name: "id", Text: []string{"a", "b", "c"}},
		{Name: "followers", Values: []int64{10, 1000, 100_000}},
		{Name: "country", Text: []string{"x", "y", "x"}}}))
	report = must[*influencepb.DriftReport](t)(sliced.Report())
	if len(report.Slices) != 2 || report.All.People != 3 || report.All.Movers[0].Id != "c" {
		t.Error(report)
	}
}
