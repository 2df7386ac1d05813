#include "columns/stream.h"

#include <cerrno>
#include <new>
#include <utility>

namespace influence {
namespace {

TableSource& SourceOf(ArrowArrayStream* stream) {
  return *static_cast<TableSource*>(stream->private_data);
}

// Runs `body`, which returns an errno; nothing is thrown into C.
template <typename Body>
int Callback(Body body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  } catch (...) {
    return EIO;
  }
}

int GetSchema(ArrowArrayStream* self, ArrowSchema* out) {
  return Callback([&] {
    *out = SourceOf(self).Schema().Take();
    return 0;
  });
}

int GetNext(ArrowArrayStream* self, ArrowArray* out) {
  return Callback([&] {
    *out = {};
    Owned<ArrowArray> next;
    const int code = SourceOf(self).Next(&next);
    if (code == 0) *out = next.Take();
    return code;
  });
}

const char* GetLastError(ArrowArrayStream* self) {
  return SourceOf(self).Words();
}

void ReleaseStream(ArrowArrayStream* self) {
  delete static_cast<TableSource*>(self->private_data);
  self->release = nullptr;
}

}  // namespace

Owned<ArrowArrayStream> NewStream(std::unique_ptr<TableSource> source) {
  Owned<ArrowArrayStream> stream;
  stream->get_schema = GetSchema;
  stream->get_next = GetNext;
  stream->get_last_error = GetLastError;
  stream->release = ReleaseStream;
  stream->private_data = source.release();
  return stream;
}

Error TableInput::Schema(Owned<ArrowSchema>* schema) {
  if (stream_.released() || stream_->get_schema == nullptr ||
      stream_->get_next == nullptr) {
    return {Code::kInvalidArgument, "in", "the stream is released"};
  }
  ArrowSchema read{};
  const int code = stream_->get_schema(stream_.get(), &read);
  has_failed_ = code != 0;
  if (code != 0) {
    const char* const why = Words();
    return {Code::kInvalidArgument, "in",
            "its schema cannot be read: errno " + std::to_string(code) +
                (why != nullptr ? std::string(", ") + why : "")};
  }
  *schema = Owned<ArrowSchema>(&read);
  return {};
}

int TableInput::Next(Owned<ArrowArray>* out) {
  ArrowArray next{};
  const int code = stream_->get_next(stream_.get(), &next);
  has_failed_ = code != 0;
  if (code == 0) *out = Owned<ArrowArray>(&next);
  return code;
}

const char* TableInput::Words() {
  return !has_failed_ || stream_->get_last_error == nullptr
             ? nullptr
             : stream_->get_last_error(stream_.get());
}

}  // namespace influence
