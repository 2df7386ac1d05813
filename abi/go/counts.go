package influence

/*
#cgo noescape influence_score_counts
#cgo nocallback influence_score_counts
#cgo noescape influence_format_points
#cgo nocallback influence_format_points
#include <influence/influence.h>
*/
import "C"

import (
	"fmt"
	"math"
	"unsafe"
)

// The place of each signal in the counts of ScoreCounts.
const (
	Mentions     = C.INFLUENCE_MENTIONS
	Replies      = C.INFLUENCE_REPLIES
	Saves        = C.INFLUENCE_SAVES
	Likes        = C.INFLUENCE_LIKES
	Reshares     = C.INFLUENCE_RESHARES
	Quotes       = C.INFLUENCE_QUOTES
	Listings     = C.INFLUENCE_LISTINGS
	Followers    = C.INFLUENCE_FOLLOWERS
	Standings    = C.INFLUENCE_STANDING
	Endorsements = C.INFLUENCE_ENDORSEMENTS
)

// Unknown is a count that is not known. It is not zero: it earns nothing, and
// widens the range from low to high.
const Unknown int64 = math.MinInt64

// UnknownCounts returns a count for each signal, all of them Unknown:
//
//	counts := influence.UnknownCounts()
//	counts[influence.Followers] = 2400
func UnknownCounts() []int64 {
	counts := make([]int64, Endorsements+1)
	for i := range counts {
		counts[i] = Unknown
	}
	return counts
}

// Score is a score, in micropoints: 100'000'000 is 100 points. Low and High are
// the lowest and the highest score that the unknown signals could give, and
// Coverage is the weight that rests on known signals.
type Score struct{ Score, Low, High, Coverage int64 }

// ScoreCounts scores one person with one account by plain counts, 12 for
// twelve, in the order of Mentions, Replies, ... Counts may end early; the rest
// is Unknown.
func (e *Engine) ScoreCounts(counts []int64) (Score, error) {
	e.mutex.RLock()
	defer e.mutex.RUnlock()
	if e.handle == nil {
		return Score{}, ErrClosed
	}
	var out [4]C.int64_t
	var why *C.influence_error
	status := C.influence_score_counts(e.handle,
		(*C.int64_t)(unsafe.Pointer(unsafe.SliceData(counts))), C.size_t(len(counts)),
		&out[0], &out[1], &out[2], &out[3], &why)
	if status != C.INFLUENCE_OK {
		return Score{}, take(status, why)
	}
	return Score{int64(out[0]), int64(out[1]), int64(out[2]), int64(out[3])}, nil
}

// FormatPoints writes micropoints, or any count of millionths, in decimal:
// 36'901'409 with 6 decimals is "36.901409", with 1 "36.9", with 0 "37". It
// rounds ties to even. It panics unless decimals is 0 .. 6.
func FormatPoints(micropoints int64, decimals int) string {
	if decimals < 0 || decimals > 6 {
		panic(fmt.Sprintf("influence: FormatPoints with %d decimals", decimals))
	}
	var text [C.INFLUENCE_POINTS_BYTES]C.char
	status := C.influence_format_points(C.int64_t(micropoints), C.int32_t(decimals),
		&text[0], C.size_t(len(text)))
	if status != C.INFLUENCE_OK {
		panic(Status(status))
	}
	return C.GoString(&text[0])
}

// LimitName names a limit of the library.
type LimitName int32

// The limits by name.
const (
	LimitRequestBytes   LimitName = C.INFLUENCE_LIMIT_REQUEST_BYTES
	LimitResponseBytes  LimitName = C.INFLUENCE_LIMIT_RESPONSE_BYTES
	LimitAlgorithmBytes LimitName = C.INFLUENCE_LIMIT_ALGORITHM_BYTES
	LimitProfiles       LimitName = C.INFLUENCE_LIMIT_PROFILES
	LimitAccounts       LimitName = C.INFLUENCE_LIMIT_ACCOUNTS
	LimitIDBytes        LimitName = C.INFLUENCE_LIMIT_ID_BYTES
	LimitNetworkBytes   LimitName = C.INFLUENCE_LIMIT_NETWORK_BYTES
	LimitTopicBytes     LimitName = C.INFLUENCE_LIMIT_TOPIC_BYTES
	LimitEventCount     LimitName = C.INFLUENCE_LIMIT_EVENT_COUNT
	LimitThreads        LimitName = C.INFLUENCE_LIMIT_THREADS
)

// Limit is a limit of the loaded library, or 0 for a name that it does not
// know. A later library may raise a limit and never lowers one.
func Limit(name LimitName) uint64 { return uint64(C.influence_limit(C.int32_t(name))) }

// KernelName names the code that scores columns on this processor: "avx2", say.
// Kernels differ in speed alone.
func KernelName() string { return C.GoString(C.influence_kernel_name()) }
