// Streams of tables, made and read.
#ifndef INFLUENCE_COLUMNS_STREAM_H_
#define INFLUENCE_COLUMNS_STREAM_H_

#include <memory>
#include <utility>

#include "columns/arrow.h"
#include "model/error.h"

namespace influence {

// What gives the tables of a stream.
class TableSource {
 public:
  virtual ~TableSource() = default;
  virtual Owned<ArrowSchema> Schema() = 0;
  // Sets *out, or leaves it released at the end.
  virtual Error Next(Owned<ArrowArray>* out) = 0;
  // The errno of a stream of the caller's, if the last Next() failed by it,
  // else 0.
  virtual int Errno() const { return 0; }
};

// A stream that owns its source. What the source throws is a failure as well:
// OUT_OF_MEMORY, or INTERNAL if it is not std::bad_alloc. The errno that C sees
// is the caller's own, or ENOMEM, EIO for a callback of the caller's and for
// INTERNAL, EINVAL for everything else.
Owned<ArrowArrayStream> NewStream(std::unique_ptr<TableSource> source);

// The last failure of a stream that NewStream() made, ok() if there was none;
// null if `stream` is of another's making, or released. It stays until the
// stream fails again or is released.
const Error* LastError(const ArrowArrayStream& stream);

// A stream of the caller's. Its failures are CANCELLED, of the field "in", with
// its own words.
class TableInput {
 public:
  TableInput() = default;
  explicit TableInput(Owned<ArrowArrayStream> stream)
      : stream_(std::move(stream)) {}

  // Also INVALID_ARGUMENT, if it is no stream.
  Error Schema(Owned<ArrowSchema>* schema);
  // As TableSource has them.
  Error Next(Owned<ArrowArray>* out);
  int Errno() const { return errno_; }

 private:
  Error Failure(int code, const char* what);

  Owned<ArrowArrayStream> stream_;
  int errno_ = 0;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_STREAM_H_
