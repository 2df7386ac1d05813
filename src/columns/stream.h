// Streams of tables, made and read.
#ifndef INFLUENCE_COLUMNS_STREAM_H_
#define INFLUENCE_COLUMNS_STREAM_H_

#include <memory>
#include <string>

#include "columns/arrow.h"
#include "model/error.h"

namespace influence {

// What gives the tables of a stream.
class TableSource {
 public:
  virtual ~TableSource() = default;
  virtual Owned<ArrowSchema> Schema() = 0;
  // Sets *out, or leaves it released at the end. 0, or an errno.
  virtual int Next(Owned<ArrowArray>* out) = 0;
  // What went wrong, after a Next() that did not return 0; may be null.
  virtual const char* Words() { return nullptr; }
};

// A stream that owns its source. What that throws is ENOMEM, or EIO if it is
// not std::bad_alloc.
Owned<ArrowArrayStream> NewStream(std::unique_ptr<TableSource> source);

// A stream of the caller's.
class TableInput {
 public:
  TableInput() = default;
  explicit TableInput(Owned<ArrowArrayStream> stream)
      : stream_(std::move(stream)) {}

  // INVALID_ARGUMENT, with what the stream says.
  Error Schema(Owned<ArrowSchema>* schema);
  // As TableSource has it.
  int Next(Owned<ArrowArray>* out);
  const char* Words();

 private:
  Owned<ArrowArrayStream> stream_;
  bool has_failed_ = false;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_STREAM_H_
