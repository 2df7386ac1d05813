// Any sequence of calls, with any pointer NULL and any size beside it: each
// call does to its out-parameters what the header says, whatever came before.
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "influence/influence.h"
#include "input_bytes.h"
#include "laws.h"

namespace {

// What an out-parameter holds before a call: never read, never freed.
uint8_t garbage;
const influence_bytes kGarbage = {&garbage, 77};

bool IsZero(const influence_bytes& bytes) {
  return bytes.data == nullptr && bytes.size == 0;
}

// Some bytes of the input as a parameter, or NULL with any size.
class Parameter {
 public:
  explicit Parameter(InputBytes* input) {
    if (input->Rarely(8)) {
      is_null_ = true;
      size_ = static_cast<size_t>(input->Int64());
    } else {
      bytes_ = input->Text(300);
      size_ = bytes_.size();
    }
  }
  explicit Parameter(const std::string& bytes)
      : bytes_(bytes), size_(bytes.size()) {}

  const uint8_t* data() const {
    return is_null_ ? nullptr : reinterpret_cast<const uint8_t*>(bytes_.data());
  }
  size_t size() const { return size_; }
  // NULL with a size.
  bool is_wrong() const { return is_null_ && size_ != 0; }

 private:
  bool is_null_ = false;
  std::string bytes_;
  size_t size_;
};

// The two schemas, arrays and streams that the column functions move: empty
// tables, which count their releases.
int released;
template <typename Struct>
void CountRelease(Struct* self) {
  ++released;
  self->release = nullptr;
}
ArrowSchema NewSchema() {
  ArrowSchema schema{};
  schema.format = "+s";
  schema.release = CountRelease<ArrowSchema>;
  return schema;
}
ArrowArray NewArray() {
  static const void* no_bitmap[] = {nullptr};
  ArrowArray array{};
  array.length = 3;
  array.n_buffers = 1;
  array.buffers = no_bitmap;
  array.release = CountRelease<ArrowArray>;
  return array;
}
ArrowArrayStream NewStream() {
  ArrowArrayStream stream{};
  stream.get_schema = [](ArrowArrayStream*, ArrowSchema* out) {
    *out = NewSchema();
    return 0;
  };
  stream.get_next = [](ArrowArrayStream*, ArrowArray*) { return EIO; };
  stream.release = CountRelease<ArrowArrayStream>;
  return stream;
}

class Session {
 public:
  explicit Session(InputBytes* input) : input_(*input) {}
  ~Session() {
    for (influence_engine* engine : engines_) influence_engine_free(engine);
    for (influence_bytes& bytes : kept_) influence_bytes_free(&bytes);
  }

  void Call() {
    const size_t function = input_.Below(11);
    has_error_ = !input_.Rarely(4);
    error_ = reinterpret_cast<influence_error*>(&garbage);
    switch (function) {
      case 0:
        return New(input_.Rarely(4) ? Parameter(&input_) : Parameter("v1"),
                   [](const Parameter& id, influence_engine** engine,
                      influence_error** error) {
                     if (id.data() == nullptr) {
                       return influence_engine_open(nullptr, engine, error);
                     }
                     const std::string text(
                         reinterpret_cast<const char*>(id.data()), id.size());
                     return influence_engine_open(text.c_str(), engine, error);
                   });
      case 1:
        return New(Parameter(&input_),
                   [](const Parameter& algorithm, influence_engine** engine,
                      influence_error** error) {
                     return influence_engine_open_custom(
                         algorithm.data(), algorithm.size(), engine, error);
                   });
      case 2: {
        influence_engine*& engine = AnyEngine();
        influence_engine_free(engine);
        engine = nullptr;
        return;
      }
      case 3:
        return Get([this](influence_bytes* out) {
          const influence_engine* engine = AnyEngine();
          const influence_status status =
              influence_engine_describe(engine, out, Error());
          Require(
              (status == INFLUENCE_OK) == (engine != nullptr && out != nullptr),
              "an engine describes itself, and nothing else does");
          CheckErrorOf(status);
          return status;
        });
      case 4:
        return Get([this](influence_bytes* out) {
          const influence_status status =
              influence_algorithm_list(out, Error());
          Require((status == INFLUENCE_OK) == (out != nullptr),
                  "there always is a list");
          CheckErrorOf(status);
          return status;
        });
      case 5:
        return Get([this](influence_bytes* out) { return Score(out); });
      case 6: {
        influence_bytes& bytes = AnyBytes();
        influence_bytes_free(&bytes);
        Require(IsZero(bytes), "what was freed is zeroed");
        influence_bytes_free(input_.Rarely(2) ? &bytes : nullptr);
        return;
      }
      case 7: {
        const char* name =
            influence_status_name(static_cast<int32_t>(input_.Int64()));
        Require(name != nullptr && name[0] != '\0', "a name");
        return;
      }
      case 8:
        return Counts();
      case 9:
        return Format();
      default:
        return input_.Rarely(2) ? Stream() : Columns();
    }
  }

 private:
  influence_engine*& AnyEngine() {
    return engines_[input_.Below(engines_.size())];
  }
  influence_bytes& AnyBytes() { return kept_[input_.Below(kept_.size())]; }
  influence_error** Error() { return has_error_ ? &error_ : nullptr; }

  void CheckErrorOf(influence_status status) {
    Require(status != INFLUENCE_INTERNAL, "no defect was found");
    if (has_error_) CheckError(status, error_);
  }
  void Keep(const influence_bytes& bytes) {
    influence_bytes& place = AnyBytes();
    influence_bytes_free(&place);
    place = bytes;
  }

  template <typename Make>
  void New(const Parameter& from, Make make) {
    influence_engine*& place = AnyEngine();
    influence_engine_free(place);
    place = reinterpret_cast<influence_engine*>(&garbage);
    influence_engine** out = input_.Rarely(8) ? nullptr : &place;
    const influence_status status = make(from, out, Error());
    if (out == nullptr) place = nullptr;
    Require((status == INFLUENCE_OK) == (place != nullptr),
            "an engine if and only if it succeeded");
    Require(status == INFLUENCE_INVALID_ARGUMENT ||
                (out != nullptr && !from.is_wrong()),
            "a NULL is refused as one");
    CheckErrorOf(status);
  }

  template <typename Fill>
  void Get(Fill fill) {
    influence_bytes got = kGarbage;
    const bool is_wanted = !input_.Rarely(8);
    const influence_status status = fill(is_wanted ? &got : nullptr);
    if (!is_wanted) {
      Require(status == INFLUENCE_INVALID_ARGUMENT, "an out is required");
      Require(got.size == kGarbage.size, "what was not passed is not touched");
      return;
    }
    Require((status == INFLUENCE_OK) ? got.data != nullptr : IsZero(got),
            "bytes if and only if it succeeded");
    Keep(got);
  }

  influence_status Score(influence_bytes* out) {
    const influence_engine* engine = AnyEngine();
    const Parameter request =
        input_.Rarely(3) ? Parameter(&input_)
                         : Parameter(std::string("\x0a\x02v1\x1a", 5) +
                                     std::string(1, '\0') + input_.Text(300));
    const influence_status status =
        influence_score(engine, request.data(), request.size(), out, Error());
    Require(status == INFLUENCE_INVALID_ARGUMENT ||
                (engine != nullptr && out != nullptr && !request.is_wrong()),
            "a NULL is refused as one");
    CheckErrorOf(status);
    return status;
  }

  void Counts() {
    const influence_engine* engine = AnyEngine();
    int64_t counts[12];
    size_t size = input_.Below(13);
    for (size_t i = 0; i < size; ++i) {
      counts[i] = input_.Rarely(3)   ? INFLUENCE_UNKNOWN
                  : input_.Rarely(3) ? input_.Int64()
                                     : input_.Byte();
    }
    const bool is_null = input_.Rarely(16);
    int64_t score = -1, low = -1, high = -1, coverage = -1;
    const bool wants_score = !input_.Rarely(16), wants_more = input_.Rarely(2);
    const influence_status status = influence_score_counts(
        engine, is_null ? nullptr : counts, size,
        wants_score ? &score : nullptr, wants_more ? &low : nullptr,
        wants_more ? &high : nullptr, wants_more ? &coverage : nullptr,
        Error());
    if (status == INFLUENCE_OK) {
      Require(engine != nullptr && wants_score, "a NULL is refused");
      Require(score >= 0 && score <= 100'000'000, "a score is 0 .. 100");
      Require(!wants_more ||
                  (low == score && high >= score && high <= 100'000'000 &&
                   coverage >= 0 && coverage <= 100'000'000),
              "low is the score, and high is not below it");
    } else if (wants_score) {
      Require(score == 0, "on failure it is zeroed");
    }
    CheckErrorOf(status);
  }

  void Format() {
    char text[INFLUENCE_POINTS_BYTES];
    const size_t size = input_.Below(INFLUENCE_POINTS_BYTES + 1);
    const auto decimals = static_cast<int32_t>(input_.Byte()) - 2;
    const influence_status status = influence_format_points(
        input_.Int64(), decimals, size == 0 ? nullptr : text, size);
    Require(status != INFLUENCE_OK ||
                (decimals >= 0 && decimals <= 6 && std::strlen(text) < size),
            "a number of few decimals that fits");
    Require(status != INFLUENCE_TOO_LARGE || size < INFLUENCE_POINTS_BYTES,
            "every number fits INFLUENCE_POINTS_BYTES");
  }

  // Whatever happens to a table, it was released once, or not touched at all
  // because of a NULL; and nothing came back from a failure.
  void Columns() {
    const influence_engine* engine = AnyEngine();
    const Parameter options(&input_);
    ArrowSchema in_schema = NewSchema(), out_schema;
    ArrowArray in_array = NewArray(), out_array;
    std::memset(&out_schema, 0xa5, sizeof out_schema);
    std::memset(&out_array, 0xa5, sizeof out_array);
    ArrowSchema* to_schema = &out_schema;
    if (input_.Rarely(4)) to_schema = input_.Rarely(2) ? nullptr : &in_schema;
    ArrowArray* to_array = &out_array;
    if (input_.Rarely(4)) to_array = input_.Rarely(2) ? nullptr : &in_array;
    ArrowSchema* from_schema = input_.Rarely(8) ? nullptr : &in_schema;
    ArrowArray* from_array = input_.Rarely(8) ? nullptr : &in_array;
    // An in-parameter that is not passed is not the out-parameter either.
    if (from_schema == nullptr && to_schema == &in_schema) to_schema = nullptr;
    if (from_array == nullptr && to_array == &in_array) to_array = nullptr;
    released = 0;
    const influence_status status = influence_score_columns(
        engine, options.data(), options.size(), from_schema, from_array,
        to_schema, to_array, Error());
    if (engine == nullptr || options.is_wrong() || from_schema == nullptr ||
        from_array == nullptr || to_schema == nullptr || to_array == nullptr) {
      Require(status == INFLUENCE_INVALID_ARGUMENT, "a NULL is refused as one");
      Require(released == 0 && in_schema.release != nullptr &&
                  in_array.release != nullptr,
              "with a NULL nothing happened to the table");
    } else {
      Require(released == 2, "a table that was moved in was released");
      Require(to_schema == &in_schema || in_schema.release == nullptr,
              "and says so");
      Require((status == INFLUENCE_OK) == (to_schema->release != nullptr) &&
                  (status == INFLUENCE_OK) == (to_array->release != nullptr),
              "a table comes back if and only if it succeeded");
      if (status == INFLUENCE_OK) {
        Require(to_array->length == 3, "a row for each row");
        to_schema->release(to_schema);
        to_array->release(to_array);
      }
    }
    CheckErrorOf(status);
  }

  void Stream() {
    const influence_engine* engine = AnyEngine();
    const Parameter options(&input_);
    ArrowArrayStream in = NewStream(), apart;
    std::memset(&apart, 0xa5, sizeof apart);
    ArrowArrayStream* from = input_.Rarely(8) ? nullptr : &in;
    ArrowArrayStream* to = &apart;
    if (input_.Rarely(4)) {
      to = from == nullptr || input_.Rarely(2) ? nullptr : &in;
    }
    released = 0;
    const influence_status status = influence_score_stream(
        engine, options.data(), options.size(), from, to, Error());
    if (engine == nullptr || options.is_wrong() || from == nullptr ||
        to == nullptr) {
      Require(status == INFLUENCE_INVALID_ARGUMENT, "a NULL is refused as one");
      Require(released == 0 && in.release != nullptr,
              "with a NULL nothing happened to the stream");
    } else if (status == INFLUENCE_OK) {
      ArrowArray batch;
      Require(to->get_next(to, &batch) == EIO, "a failure is passed on");
      to->release(to);
      Require(released == 2, "a schema and a stream were released");
    } else {
      Require(to->release == nullptr, "nothing comes back from a failure");
      Require(released == 2, "all was released");
    }
    CheckErrorOf(status);
  }

  InputBytes& input_;
  std::array<influence_engine*, 3> engines_ = {};
  std::array<influence_bytes, 4> kept_ = {};
  bool has_error_ = false;
  influence_error* error_ = nullptr;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  InputBytes input(data, size);
  Session session(&input);
  for (int calls = 0; calls < 64 && !input.empty(); ++calls) session.Call();
  return 0;
}
