// Package influence scores profiles from 0 to 100 points with libinfluence:
// pinned to an algorithm version, reproducible to the last bit, explained to
// the last millionth of a point.
//
//	engine, err := influence.NewEngine("v1")
//	if err != nil { ... }
//	defer engine.Close()
//	results, err := engine.Score(ctx, []*influence.Profile{{
//		Id: "ada",
//		Accounts: []*influence.Account{{FollowersMicros: influence.Count(2400)}},
//	}})
//
// The messages are those of proto/influence.proto, generated into package
// influencepb; this package has aliases for the ones most used. A signal that
// is nil is unknown, which is not zero.
//
// # Around a score
//
// A [Tally] makes profiles of events, a [Graph] the [Standing] of everybody in
// it. [Compare] says why a score changed, [Engine.WhatIf] what would change it,
// a [Drift] what a change of algorithm does to a population; [Render] puts each
// on a page. Each takes and gives messages, or the same serialized.
//
// # Concurrency
//
// Every function and method may be called from any goroutine at any time,
// Close included: it waits for the calls that are under way. An [Engine] and a
// [Standing] answer many at once; the calls of the others take turns. A function
// that the library calls must not use what calls it. The C library keeps no Go
// pointer, and what it returns is copied and freed at once.
//
// What is forgotten is freed some time; but the garbage collector does not see
// how much memory the library has, so close what is large.
//
// # Errors
//
// A call that fails gives an [*Error], whose Status says why in one word:
//
//	errors.Is(err, influence.ErrUnknownAlgorithm)
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
