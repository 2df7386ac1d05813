// The tally as tests use it, through the C ABI.
#ifndef INFLUENCE_TESTS_TALLY_CLIENT_H_
#define INFLUENCE_TESTS_TALLY_CLIENT_H_

#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/columns/arrow_table.h"

namespace influence::testing {

struct FreeEngine {
  void operator()(influence_engine* engine) const {
    influence_engine_free(engine);
  }
};
using Engine = std::unique_ptr<influence_engine, FreeEngine>;

inline const uint8_t* Data(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

inline Engine V1() {
  influence_engine* engine = nullptr;
  EXPECT_EQ(influence_engine_open("v1", &engine, nullptr), INFLUENCE_OK);
  return Engine(engine);
}

inline Engine Custom(const abi1::Algorithm& algorithm) {
  const std::string bytes = algorithm.SerializeAsString();
  influence_engine* engine = nullptr;
  EXPECT_EQ(
      influence_engine_open_custom(Data(bytes), bytes.size(), &engine, nullptr),
      INFLUENCE_OK);
  return Engine(engine);
}

// Takes what the library gave.
class Taken {
 public:
  Taken() = default;
  ~Taken() { influence_bytes_free(&bytes_); }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  influence_bytes* out() { return &bytes_; }
  std::string text() const {
    return {reinterpret_cast<const char*>(bytes_.data), bytes_.size};
  }

 private:
  influence_bytes bytes_ = {nullptr, 0};
};

// Takes why a call failed.
class Failure {
 public:
  Failure() = default;
  ~Failure() { influence_error_free(error_); }
  Failure(const Failure&) = delete;
  Failure& operator=(const Failure&) = delete;
  influence_error** out() { return &error_; }
  influence_status status() const { return influence_error_status(error_); }
  std::string field() const { return influence_error_field(error_); }
  int64_t row() const { return influence_error_row(error_); }
  // "field: text", "" if nothing failed.
  std::string text() const {
    const std::string text = influence_error_text(error_);
    return field().empty() ? text : field() + ": " + text;
  }

 private:
  influence_error* error_ = nullptr;
};

// One subject's signals by network, as micros; unknown ones are not there.
using Profiles =
    std::map<std::string,
             std::map<std::string, std::map<std::string, int64_t>>>;

// Memory as the file that spilling asks for; the library's call of Release()
// ends it.
struct SpillFile {
  static int32_t Write(void* context, const uint8_t* data, size_t size) {
    static_cast<SpillFile*>(context)->bytes.append(
        reinterpret_cast<const char*>(data), size);
    return 0;
  }
  static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                        size_t size) {
    const std::string& bytes = static_cast<SpillFile*>(context)->bytes;
    if (size > bytes.size() || offset > bytes.size() - size) return 1;
    std::memcpy(data, bytes.data() + offset, size);
    return 0;
  }
  static void Release(void* context) {
    delete static_cast<SpillFile*>(context);
  }
  std::string bytes;
};

class Tally {
 public:
  static abi1::TallyOptions Options(int64_t as_of_seconds) {
    abi1::TallyOptions options;
    options.set_as_of_seconds(as_of_seconds);
    options.set_future(abi1::FUTURE_IGNORED);
    return options;
  }

  Tally(const Engine& engine, int64_t as_of_seconds)
      : Tally(engine, Options(as_of_seconds)) {}
  Tally(const Engine& engine, const abi1::TallyOptions& options) {
    const std::string bytes = options.SerializeAsString();
    influence_tally* tally = nullptr;
    Failure failure;
    EXPECT_EQ(influence_tally_new(engine.get(), Data(bytes), bytes.size(),
                                  &tally, failure.out()),
              INFLUENCE_OK)
        << failure.text();
    tally_.reset(tally);
  }
  explicit Tally(influence_tally* tally) : tally_(tally) {}

  influence_tally* get() const { return tally_.get(); }

  influence_status AddBytes(const std::string& bytes) {
    return Told([&](influence_error** error) {
      return influence_tally_add(get(), Data(bytes), bytes.size(), error);
    });
  }
  void Add(const abi1::EventBatch& batch) {
    EXPECT_EQ(AddBytes(batch.SerializeAsString()), INFLUENCE_OK) << message_;
  }
  influence_status AddTable(const Column& table) {
    Export moved(table);
    const influence_status status = Told([&](influence_error** error) {
      return influence_tally_add_columns(get(), &moved.schema, &moved.array,
                                         error);
    });
    EXPECT_EQ(moved.schema_releases, 1);
    EXPECT_EQ(moved.array_releases, 1);
    return status;
  }
  influence_status TryMerge(const Tally& other) {
    return Told([&](influence_error** error) {
      return influence_tally_merge(get(), other.get(), error);
    });
  }
  void Merge(const Tally& other) {
    EXPECT_EQ(TryMerge(other), INFLUENCE_OK) << message_;
  }
  // What does not fit into 64 MiB lies in a string that lives as long as the
  // library needs it.
  influence_status Spill(uint64_t memory_bytes = uint64_t{64} << 20) {
    return Told([&](influence_error** error) {
      return influence_tally_spill(get(), memory_bytes, SpillFile::Write,
                                   SpillFile::ReadAt, SpillFile::Release,
                                   new SpillFile, error);
    });
  }
  std::string Save() {
    std::string saved;
    EXPECT_EQ(influence_tally_save(
                  get(),
                  [](void* context, const uint8_t* data, size_t size) {
                    static_cast<std::string*>(context)->append(
                        reinterpret_cast<const char*>(data), size);
                    return int32_t{0};
                  },
                  &saved, nullptr),
              INFLUENCE_OK);
    return saved;
  }
  // Null, and a status, if it is refused.
  static Tally Load(const Engine& engine, const std::string& saved,
                    influence_status* status = nullptr) {
    struct Source {
      const std::string* bytes;
      size_t at;
    } source = {&saved, 0};
    influence_tally* tally = nullptr;
    Failure failure;
    const influence_status got = influence_tally_load(
        engine.get(),
        [](void* context, uint8_t* data, size_t size) {
          auto* from = static_cast<Source*>(context);
          if (size > from->bytes->size() - from->at) return int32_t{1};
          std::memcpy(data, from->bytes->data() + from->at, size);
          from->at += size;
          return int32_t{0};
        },
        &source, &tally, failure.out());
    EXPECT_EQ(failure.status(), got);
    if (status != nullptr) {
      *status = got;
    } else {
      EXPECT_EQ(got, INFLUENCE_OK) << failure.text();
    }
    return Tally(tally);
  }
  abi1::TallyReport Report() {
    Taken report;
    EXPECT_EQ(influence_tally_report(get(), report.out(), nullptr),
              INFLUENCE_OK);
    abi1::TallyReport parsed;
    EXPECT_TRUE(parsed.ParseFromString(report.text()));
    return parsed;
  }
  abi1::SubjectReport Subject(const std::string& id, uint32_t top = 0,
                              bool carriers = false) {
    abi1::SubjectRequest request;
    request.set_id(id);
    request.set_top(top);
    request.set_carriers(carriers);
    const std::string bytes = request.SerializeAsString();
    Taken report;
    Failure failure;
    EXPECT_EQ(influence_tally_subject(get(), Data(bytes), bytes.size(),
                                      report.out(), failure.out()),
              INFLUENCE_OK)
        << failure.text();
    abi1::SubjectReport parsed;
    EXPECT_TRUE(parsed.ParseFromString(report.text()));
    return parsed;
  }

  // The ids must ascend.
  Profiles AllProfiles(uint32_t batch_rows = 0) {
    abi1::StreamOptions options;
    options.set_batch_rows(batch_rows);
    const std::string bytes = options.SerializeAsString();
    ArrowArrayStream stream;
    EXPECT_EQ(influence_tally_profiles(get(), Data(bytes), bytes.size(),
                                       &stream, nullptr),
              INFLUENCE_OK);
    ArrowSchema schema;
    EXPECT_EQ(stream.get_schema(&stream, &schema), 0);
    std::vector<std::string> names;
    const ArrowSchema* account = schema.children[1]->children[0];
    for (int64_t i = 0; i < account->n_children; ++i) {
      names.emplace_back(account->children[i]->name);
    }
    schema.release(&schema);
    Profiles profiles;
    std::string last;
    for (;;) {
      ArrowArray array;
      EXPECT_EQ(stream.get_next(&stream, &array), 0);
      if (array.release == nullptr) break;
      EXPECT_TRUE(batch_rows == 0 || array.length <= batch_rows);
      for (int64_t row = 0; row < array.length; ++row) {
        const std::string id = TextAt(*array.children[0], row);
        EXPECT_TRUE(profiles.empty() || last < id);
        last = id;
        ReadAccounts(*array.children[1], row, names, &profiles[id]);
      }
      array.release(&array);
    }
    stream.release(&stream);
    return profiles;
  }

  // Of the last call: "field: text", the field alone, and the row.
  const std::string& message() const { return message_; }
  const std::string& field() const { return field_; }
  int64_t row() const { return row_; }

 private:
  struct Free {
    void operator()(influence_tally* tally) const {
      influence_tally_free(tally);
    }
  };

  // The error says the status; there is one if and only if the call failed.
  template <typename Call>
  influence_status Told(Call call) {
    Failure failure;
    const influence_status status = call(failure.out());
    EXPECT_EQ(failure.status(), status);
    message_ = failure.text();
    field_ = failure.field();
    row_ = failure.row();
    return status;
  }

  static std::string TextAt(const ArrowArray& array, int64_t i) {
    const auto* ends = static_cast<const int32_t*>(array.buffers[1]);
    return {static_cast<const char*>(array.buffers[2]) + ends[i],
            static_cast<size_t>(ends[i + 1] - ends[i])};
  }
  static void ReadAccounts(
      const ArrowArray& list, int64_t row,
      const std::vector<std::string>& names,
      std::map<std::string, std::map<std::string, int64_t>>* accounts) {
    const auto* ends = static_cast<const int32_t*>(list.buffers[1]);
    const ArrowArray& items = *list.children[0];
    for (int32_t i = ends[row]; i < ends[row + 1]; ++i) {
      auto& signals = (*accounts)[TextAt(*items.children[0], i)];
      for (size_t field = 1; field < names.size(); ++field) {
        const ArrowArray& values = *items.children[field];
        const auto* valid = static_cast<const uint8_t*>(values.buffers[0]);
        if ((valid[i / 8] >> (i % 8) & 1) == 0) continue;
        signals[names[field]] =
            static_cast<const int64_t*>(values.buffers[1])[i];
      }
    }
  }

  std::unique_ptr<influence_tally, Free> tally_;
  std::string message_, field_;
  int64_t row_ = -1;
};

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_TALLY_CLIENT_H_
