// Package influence scores profiles from 0 to 100 points with libinfluence:
// pinned to an algorithm version, reproducible to the last bit, explained to
// the last millionth of a point.
//
//	engine, err := influence.NewEngine("v1")
//	if err != nil { ... }
//	score, err := engine.ScoreCounts([]int64{120, 40, 16, 300, 85, 12, 31, 2400})
//	if err != nil { ... }
//	fmt.Println(influence.FormatPoints(score.Score, 6)) // 36.901409
//
// [Engine.Score] takes whole profiles and returns a ledger for each, whose lines
// sum to the score:
//
//	results, err := engine.Score(ctx, []*influence.Profile{{
//		Id: "ada",
//		Accounts: []*influence.Account{{FollowersMicros: influence.Count(2400)}},
//	}})
//
// The messages are those of proto/influence/abi1/influence.proto, generated into
// package influencepb; this package has aliases for the ones most used. A signal
// that is nil is unknown, which is not zero.
//
// # Around a score
//
// A [Tally] makes profiles of events, a [Graph] the [Standing] of everybody in
// it. [Compare] says why a score changed, [Engine.WhatIf] what would change it,
// a [Drift] what a change of algorithm does to a population; [Render] puts each
// on a page. Each takes and returns messages, or the same serialized.
//
// # Concurrency
//
// Every function and method may be called from any goroutine at any time,
// Close included: it waits for the calls that are under way. An [Engine] and a
// [Standing] answer many at once; the calls of the others take turns. A function
// that the library calls must not use the object that calls it. The C library
// keeps no Go pointer, and its results are copied and freed at once.
//
// An object that you forget is freed some time; but the garbage collector does
// not see how much memory the library has, so close large ones. Tallies and
// graphs that are larger than memory spill to a file: [Tally.Spill],
// [Graph.Spill].
//
// # Errors
//
// A call that fails returns an [*Error] with its status, the field and the row
// at fault, and words for a developer, each by itself:
//
//	errors.Is(err, influence.ErrUnknownAlgorithm)
//
//	var why *influence.Error
//	if errors.As(err, &why) { ... why.Field, why.Row, why.Text ... }
//
// One bad profile is not a failed call: its result carries the reason, and
// [ErrorOf] turns it into an error.
//
// # Linking
//
// The installed library is found by pkg-config. With the build tag
// influence_bundled the static library of the CMake preset "bundled" is linked
// instead, from where CGO_LDFLAGS says.
package influence
