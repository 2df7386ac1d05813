// The C callbacks of streams. No exception crosses them: a failure is kept in
// the stream, where get_last_error() and influence_stream_error() find it, and
// is reported as an errno.
#include "columns/table_stream.h"

#include <cerrno>
#include <cstring>
#include <new>
#include <string>

namespace influence {
namespace {

// The most bytes read of a message from a caller's stream.
constexpr size_t kMaxWords = 4096;

// The property of a stream of this library.
struct Contents {
  std::unique_ptr<TableSource> source;
  Error last;
  std::string words;  // of `last`; empty if there was no memory for them
};

Contents& ContentsOf(ArrowArrayStream* stream) {
  return *static_cast<Contents*>(stream->private_data);
}

int ErrnoOf(const Error& error, const TableSource& source) {
  switch (error.code()) {
    case Code::kOutOfMemory:
      return ENOMEM;
    case Code::kCancelled:
      return source.Errno() != 0 ? source.Errno() : EIO;
    case Code::kInternal:
      return EIO;
    default:
      return EINVAL;
  }
}

// Keeps a failure and returns its errno. Must not throw: without memory for the
// message the failure is kept without one.
int Keep(Error error, Contents* contents) noexcept {
  contents->words.clear();
  const int code = ErrnoOf(error, *contents->source);
  contents->last = std::move(error);
  try {
    contents->words = contents->last.ToString();
    if (contents->last.row().has_value()) {
      contents->words += " (row " + std::to_string(*contents->last.row()) + ")";
    }
  } catch (const std::bad_alloc&) {
    contents->words.clear();
  }
  return code;
}

// Runs `body`, which returns an Error. No exception reaches C.
template <typename Body>
int Callback(ArrowArrayStream* self, Body body) noexcept {
  Contents& contents = ContentsOf(self);
  try {
    Error error = body(*contents.source);
    return error.ok() ? 0 : Keep(std::move(error), &contents);
  } catch (const std::bad_alloc&) {
    // Both messages are short enough for std::string not to allocate.
    return Keep({Code::kOutOfMemory, "", "out of memory"}, &contents);
  } catch (...) {
    return Keep({Code::kInternal, "", "internal error"}, &contents);
  }
}

int GetSchema(ArrowArrayStream* self, ArrowSchema* out) {
  *out = {};
  return Callback(self, [&](TableSource& source) {
    *out = source.Schema().Take();
    return Error();
  });
}

int GetNext(ArrowArrayStream* self, ArrowArray* out) {
  *out = {};
  return Callback(self, [&](TableSource& source) {
    Owned<ArrowArray> next;
    Error error = source.Next(&next);
    if (error.ok()) *out = next.Take();
    return error;
  });
}

const char* GetLastError(ArrowArrayStream* self) {
  const std::string& words = ContentsOf(self).words;
  return words.empty() ? nullptr : words.c_str();
}

void ReleaseStream(ArrowArrayStream* self) {
  delete static_cast<Contents*>(self->private_data);
  self->release = nullptr;
}

}  // namespace

Owned<ArrowArrayStream> NewStream(std::unique_ptr<TableSource> source) {
  auto contents = std::make_unique<Contents>();
  contents->source = std::move(source);
  Owned<ArrowArrayStream> stream;
  stream->get_schema = GetSchema;
  stream->get_next = GetNext;
  stream->get_last_error = GetLastError;
  stream->release = ReleaseStream;
  stream->private_data = contents.release();
  return stream;
}

// The release callback identifies streams of this library: no other stream has
// it.
const Error* LastError(const ArrowArrayStream& stream) {
  if (stream.release != ReleaseStream) return nullptr;
  return &static_cast<const Contents*>(stream.private_data)->last;
}

Error TableInput::Failure(int code, const char* what) {
  errno_ = code;
  const char* const words = stream_->get_last_error == nullptr
                                ? nullptr
                                : stream_->get_last_error(stream_.get());
  std::string message = what;
  message += ": errno " + std::to_string(code);
  if (words != nullptr) {
    message += ", ";
    message.append(words, strnlen(words, kMaxWords));
  }
  return {Code::kCancelled, "in", std::move(message)};
}

// Moves the schema out of the callback's struct, so it is released on every
// path.
Error TableInput::Schema(Owned<ArrowSchema>* schema) {
  if (stream_.released() || stream_->get_schema == nullptr ||
      stream_->get_next == nullptr) {
    return {Code::kInvalidArgument, "in", "the stream is released"};
  }
  ArrowSchema read{};
  const int code = stream_->get_schema(stream_.get(), &read);
  if (code != 0) return Failure(code, "its schema cannot be read");
  *schema = Owned<ArrowSchema>(&read);
  return {};
}

Error TableInput::Next(Owned<ArrowArray>* out) {
  errno_ = 0;
  ArrowArray next{};
  const int code = stream_->get_next(stream_.get(), &next);
  if (code != 0) return Failure(code, "its next batch cannot be read");
  *out = Owned<ArrowArray>(&next);
  return {};
}

}  // namespace influence
