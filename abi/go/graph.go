package influence

/*
#include "calls.h"
*/
import "C"

import (
	"context"
	"sync"
	"unsafe"

	"github.com/libinfluence/libinfluence/abi/go/influencepb"
)

// Graph is who reacts to whom, for influence to flow through. Its calls take
// turns. The same graph and seeds give the same bytes, in whatever order and
// however many batches they are added, on however many threads.
type Graph struct{ owned[*C.influence_graph] }

// NewGraph makes a graph without nodes for the engine's algorithm. The engine
// may be closed before the graph.
func (e *Engine) NewGraph(options *influencepb.GraphOptions) (*Graph, error) {
	data, err := marshal(options)
	if err != nil {
		return nil, err
	}
	g := &Graph{}
	err = e.reading(func(engine *C.influence_engine) error {
		var handle *C.influence_graph
		err := tell(func(why **C.influence_error) C.influence_status {
			return C.influence_graph_new(engine, pointer(data), C.size_t(len(data)),
				&handle, why)
		})
		if err == nil {
			g.own(handle, func(handle *C.influence_graph) { C.influence_graph_free(handle) })
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// Add adds edges: all of them or, on failure, none. Edges of one pair add up.
func (g *Graph) Add(edges *influencepb.EdgeBatch) error {
	data, err := marshal(edges)
	if err != nil {
		return err
	}
	return g.AddBytes(data)
}

// AddBytes is Add for a serialized EdgeBatch.
func (g *Graph) AddBytes(edges []byte) error {
	return g.writing(func(graph *C.influence_graph) error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_graph_add(graph, pointer(edges), C.size_t(len(edges)), why)
		})
	})
}

// AddColumns adds edges by columns, in any number: source, target and, if there
// is one, weight. The slices of numbers are read in place.
func (g *Graph) AddColumns(columns []Column) error {
	return g.writing(func(graph *C.influence_graph) error {
		return addColumns(C.kIntoGraph, unsafe.Pointer(graph), columns)
	})
}

// AddTally adds an edge from each actor to each subject of a tally, which does
// not change. Both must be of one algorithm.
func (g *Graph) AddTally(tally *Tally) error {
	return both(g, tally, true, func() error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_graph_add_tally(g.handle, tally.handle, why)
		})
	})
}

// Seed names the nodes that influence flows from. Seeds may change between runs.
func (g *Graph) Seed(seeds *influencepb.SeedList) error {
	data, err := marshal(seeds)
	if err != nil {
		return err
	}
	return g.SeedBytes(data)
}

// SeedBytes is Seed for a serialized SeedList.
func (g *Graph) SeedBytes(seeds []byte) error {
	return g.writing(func(graph *C.influence_graph) error {
		return tell(func(why **C.influence_error) C.influence_status {
			return C.influence_graph_seed(graph, pointer(seeds), C.size_t(len(seeds)), why)
		})
	})
}

// Run lets influence flow. When the context is done, it ends between two steps
// with ErrCancelled and the context's cause; the graph can be run again. If progress is not nil, it is told how many of all steps are
// done; it must not use the graph. After the first run the graph cannot grow.
// The standing may outlive graph and engine.
func (g *Graph) Run(ctx context.Context, options *influencepb.RunOptions,
	progress func(done, all uint32)) (*Standing, error) {
	data, err := marshal(options)
	if err != nil {
		return nil, err
	}
	c := callback{progress: func(done, all uint32) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if progress != nil {
			progress(done, all)
		}
		return nil
	}}
	s := &Standing{}
	err = g.writing(func(graph *C.influence_graph) error {
		return c.during(func(handle C.uintptr_t) error {
			var standing *C.influence_standing
			err := tell(func(why **C.influence_error) C.influence_status {
				return C.influence_go_run(graph, pointer(data), C.size_t(len(data)),
					handle, &standing, why)
			})
			if err == nil {
				s.spill = g.spill
				s.own(standing, func(handle *C.influence_standing) {
					C.influence_standing_free(handle)
				})
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Standing is what everybody has of the influence that flowed. It is immutable:
// any number of goroutines may use one at once.
type Standing struct{ owned[*C.influence_standing] }

// ReportBytes returns a serialized StandingReport.
func (s *Standing) ReportBytes() (report []byte, err error) {
	err = s.reading(func(standing *C.influence_standing) error {
		report, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_standing_report(standing, out, why)
		})
		return err
	})
	return report, err
}

// Report says what was run on what.
func (s *Standing) Report() (*influencepb.StandingReport, error) {
	data, err := s.ReportBytes()
	return reply(&influencepb.StandingReport{}, data, err)
}

// Ranks returns all nodes, ascending by id: id, rank and standing_micros. The
// stream may outlive the standing.
func (s *Standing) Ranks(options *influencepb.StreamOptions) (*Stream, error) {
	data, err := marshal(options)
	if err != nil {
		return nil, err
	}
	var stream *Stream
	err = s.reading(func(standing *C.influence_standing) error {
		stream, err = newStream(source{new(sync.RWMutex), s.spill}, func(out *C.struct_ArrowArrayStream,
			why **C.influence_error) C.influence_status {
			return C.influence_standing_ranks(standing, pointer(data), C.size_t(len(data)),
				out, why)
		})
		return err
	})
	return stream, err
}

// ExplainBytes is Explain for serialized messages.
func (s *Standing) ExplainBytes(request []byte) (report []byte, err error) {
	err = s.reading(func(standing *C.influence_standing) error {
		report, err = ask(func(out *C.influence_bytes, why **C.influence_error) C.influence_status {
			return C.influence_standing_explain(standing, pointer(request),
				C.size_t(len(request)), out, why)
		})
		return err
	})
	return report, err
}

// Explain opens one node: the parts sum to its rank exactly.
func (s *Standing) Explain(request *influencepb.NodeRequest) (*influencepb.NodeReport, error) {
	data, err := marshal(request)
	if err == nil {
		data, err = s.ExplainBytes(data)
	}
	return reply(&influencepb.NodeReport{}, data, err)
}

// Join adds the column standing_micros to profiles, null for who is no node. It
// takes the stream, whether it fails or not. The result may outlive the
// standing.
func (s *Standing) Join(profiles *Stream) (stream *Stream, err error) {
	err = s.reading(func(standing *C.influence_standing) error {
		stream, err = profiles.through(func(in, out *C.struct_ArrowArrayStream,
			why **C.influence_error) C.influence_status {
			return C.influence_standing_join(standing, in, out, why)
		})
		return err
	})
	if err != nil {
		profiles.Close()
	}
	return stream, err
}
