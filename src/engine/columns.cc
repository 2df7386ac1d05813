// Tables in, tables out: read, score on as many threads as asked, hand back.
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "columns/input.h"
#include "columns/output.h"
#include "engine/engine.h"
#include "engine/match.h"
#include "scoring/parallel.h"
#include "scoring/population.h"
#include "wire/request.h"

namespace influence {
namespace {

// Lists have 32-bit offsets, and a row has at most four reasons a direction.
constexpr size_t kMaxRowsWithReasons = size_t{1} << 28;

// One schema under one set of options, ready for its batches.
class TableScorer {
 public:
  explicit TableScorer(std::shared_ptr<const Engine::Core> core)
      : core_(std::move(core)) {}

  Error Open(std::string_view bytes, const ArrowSchema& schema) {
    ColumnsOptions options;
    Error error = ReadColumnsOptions(bytes, &options);
    if (!error.ok()) return std::move(error).Within("options");
    const Description& engine = core_->description;
    error = Match(options.algorithm, options.fingerprint, engine);
    if (!error.ok()) return std::move(error).Within("options");
    error = ChooseKernel(options.kernel, &kernel_);
    if (!error.ok()) return std::move(error).Within("options");
    threads_ = options.threads;
    choice_ = {options.bands, options.points, options.reasons};

    error = ReadSchema(schema, options.accept_doubles, &layout_);
    if (!error.ok()) return error;
    if (layout_.id.has_value()) {
      id_ = CopySchema(*schema.children[*layout_.id]);
      if (id_.released()) {
        return {Code::kInvalidArgument, "id",
                "its schema is broken or nests too deep"};
      }
    }
    std::vector<Factor> factors;
    for (const Row& row : engine.algorithm.rows) factors.push_back(row.factor);
    schema_ = ScoreSchema(layout_.id.has_value() ? id_.get() : nullptr, factors,
                          choice_,
                          {{"influence.algorithm", engine.algorithm.id},
                           {"influence.fingerprint", engine.fingerprint},
                           {"influence.library_version", LibraryVersion()}});
    return {};
  }

  Owned<ArrowSchema> Schema() const { return CopySchema(*schema_); }

  Error Score(Owned<ArrowArray> array, Owned<ArrowArray>* out) const {
    Columns columns;
    Error error = ReadArray(layout_, *array, &columns);
    if (!error.ok()) return error;
    if (choice_.reasons && columns.rows > kMaxRowsWithReasons) {
      return {Code::kTooLarge, "array",
              std::to_string(columns.rows) +
                  " rows; with reasons the limit is " +
                  std::to_string(kMaxRowsWithReasons)};
    }
    ScoreTable table(columns.rows, core_->evaluator.rows().size(), choice_);
    const Population population(core_->evaluator, kernel_, columns);
    const size_t parts = PartsFor(columns.rows, threads_);
    std::vector<std::array<ReasonColumns, 2>> reasons(parts);
    RunParts(columns.rows, parts, [&](size_t part, size_t begin, size_t end) {
      ScoreColumns to = table.columns();
      if (choice_.reasons) to.reasons = {&reasons[part][0], &reasons[part][1]};
      population.Score(begin, end, to);
    });

    Owned<ArrowArray> id;
    if (layout_.id.has_value()) {
      // As the specification allows, this child alone outlives its parent.
      id = Owned<ArrowArray>(array->children[*layout_.id]);
      if (array->offset != 0 || id->length != array->length) {
        id->offset += array->offset;
        id->length = array->length;
        if (id->null_count != 0) id->null_count = -1;
      }
    }
    array.Reset();
    *out =
        table.Finish(layout_, layout_.id.has_value() ? &id : nullptr, reasons);
    return {};
  }

 private:
  std::shared_ptr<const Engine::Core> core_;
  const Kernel* kernel_ = nullptr;
  size_t threads_ = 1;
  OutputChoice choice_;
  TableLayout layout_;
  Owned<ArrowSchema> id_;
  Owned<ArrowSchema> schema_;
};

// What an exported stream owns.
struct Stream {
  Owned<ArrowArrayStream> in;
  TableScorer scorer;
  std::string last_error;
  bool failed_in;  // the words are those of `in`
};

Stream& StreamOf(ArrowArrayStream* stream) {
  return *static_cast<Stream*>(stream->private_data);
}

// Runs `body`, which returns an errno; nothing is thrown into C.
template <typename Body>
int Callback(ArrowArrayStream* self, Body body) noexcept {
  Stream& stream = StreamOf(self);
  stream.last_error.clear();
  stream.failed_in = false;
  try {
    return body(&stream);
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  } catch (...) {
    return EIO;
  }
}

int GetSchema(ArrowArrayStream* self, ArrowSchema* out) {
  return Callback(self, [out](Stream* stream) {
    *out = stream->scorer.Schema().Take();
    return 0;
  });
}

int GetNext(ArrowArrayStream* self, ArrowArray* out) {
  return Callback(self, [out](Stream* stream) {
    *out = {};
    ArrowArray next{};
    const int code = stream->in->get_next(stream->in.get(), &next);
    if (code != 0) {
      stream->failed_in = true;
      return code;
    }
    if (next.release == nullptr) return 0;  // the end
    Owned<ArrowArray> scored;
    const Error error = stream->scorer.Score(Owned<ArrowArray>(&next), &scored);
    if (!error.ok()) {
      stream->last_error = error.ToString();
      return EINVAL;
    }
    *out = scored.Take();
    return 0;
  });
}

const char* GetLastError(ArrowArrayStream* self) {
  Stream& stream = StreamOf(self);
  if (stream.failed_in) {
    return stream.in->get_last_error == nullptr
               ? nullptr
               : stream.in->get_last_error(stream.in.get());
  }
  return stream.last_error.empty() ? nullptr : stream.last_error.c_str();
}

void ReleaseStream(ArrowArrayStream* self) {
  delete static_cast<Stream*>(self->private_data);
  self->release = nullptr;
}

}  // namespace

Error Engine::ScoreColumns(std::string_view options, Owned<ArrowSchema> schema,
                           Owned<ArrowArray> array,
                           Owned<ArrowSchema>* out_schema,
                           Owned<ArrowArray>* out_array) const {
  TableScorer scorer(core_);
  Error error = scorer.Open(options, *schema);
  if (!error.ok()) return error;
  *out_schema = scorer.Schema();
  return scorer.Score(std::move(array), out_array);
}

Error Engine::ScoreStream(std::string_view options, Owned<ArrowArrayStream> in,
                          Owned<ArrowArrayStream>* out) const {
  if (in.released() || in->get_schema == nullptr || in->get_next == nullptr) {
    return {Code::kInvalidArgument, "in", "the stream is released"};
  }
  ArrowSchema read{};
  const int code = in->get_schema(in.get(), &read);
  if (code != 0) {
    const char* why =
        in->get_last_error == nullptr ? nullptr : in->get_last_error(in.get());
    return {Code::kInvalidArgument, "in",
            "its schema cannot be read: errno " + std::to_string(code) +
                (why != nullptr ? std::string(", ") + why : "")};
  }
  const Owned<ArrowSchema> schema(&read);
  TableScorer scorer(core_);
  Error error = scorer.Open(options, *schema);
  if (!error.ok()) return error;
  auto stream = std::make_unique<Stream>(
      Stream{std::move(in), std::move(scorer), "", false});
  Owned<ArrowArrayStream> opened;
  opened->get_schema = GetSchema;
  opened->get_next = GetNext;
  opened->get_last_error = GetLastError;
  opened->release = ReleaseStream;
  opened->private_data = stream.release();
  *out = std::move(opened);
  return {};
}

}  // namespace influence
