// Makes and reads Arrow streams of tables.
#ifndef INFLUENCE_COLUMNS_TABLE_STREAM_H_
#define INFLUENCE_COLUMNS_TABLE_STREAM_H_

#include <memory>
#include <utility>

#include "columns/arrow.h"
#include "model/error.h"

namespace influence {

// The producer behind a stream of this library.
class TableSource {
 public:
  virtual ~TableSource() = default;
  virtual Owned<ArrowSchema> Schema() = 0;
  // Sets *out, or leaves it released at the end of the stream.
  virtual Error Next(Owned<ArrowArray>* out) = 0;
  // The errno of the caller's input stream if it made the last Next() fail,
  // else 0.
  virtual int Errno() const { return 0; }
};

// Returns a stream that owns its source. An exception of the source becomes a
// failure too: OUT_OF_MEMORY for std::bad_alloc, else INTERNAL. The errno for C
// is that of the caller's input stream if it failed, ENOMEM for OUT_OF_MEMORY,
// EIO for a failed callback of the caller and for INTERNAL, and else EINVAL.
Owned<ArrowArrayStream> NewStream(std::unique_ptr<TableSource> source);

// Returns the last failure of a stream that NewStream() made, ok() if there was
// none, or null if another library made `stream` or it is released. Valid until
// the stream fails again or is released.
const Error* LastError(const ArrowArrayStream& stream);

// A stream of the caller. Its failures are CANCELLED, with the field "in" and
// the stream's own message.
class TableInput {
 public:
  TableInput() = default;
  explicit TableInput(Owned<ArrowArrayStream> stream)
      : stream_(std::move(stream)) {}

  // Fails with INVALID_ARGUMENT if it is no stream.
  Error Schema(Owned<ArrowSchema>* schema);
  // As those of TableSource.
  Error Next(Owned<ArrowArray>* out);
  int Errno() const { return errno_; }

 private:
  Error Failure(int code, const char* what);

  Owned<ArrowArrayStream> stream_;
  int errno_ = 0;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_TABLE_STREAM_H_
