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
#include "influence.pb.h"
#include "influence/influence.h"
#include "tests/population/arrow_table.h"

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
  EXPECT_EQ(influence_engine_new("v1", 2, &engine, nullptr), INFLUENCE_OK);
  return Engine(engine);
}

inline Engine Custom(const wire::Algorithm& algorithm) {
  const std::string bytes = algorithm.SerializeAsString();
  influence_engine* engine = nullptr;
  EXPECT_EQ(
      influence_engine_new_custom(Data(bytes), bytes.size(), &engine, nullptr),
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

// One subject's signals by network, as micros; unknown ones are not there.
using Profiles =
    std::map<std::string,
             std::map<std::string, std::map<std::string, int64_t>>>;

class Tally {
 public:
  static wire::TallyOptions Options(int64_t as_of_seconds) {
    wire::TallyOptions options;
    options.set_as_of_seconds(as_of_seconds);
    options.set_future(wire::FUTURE_IGNORED);
    return options;
  }

  Tally(const Engine& engine, int64_t as_of_seconds)
      : Tally(engine, Options(as_of_seconds)) {}
  Tally(const Engine& engine, const wire::TallyOptions& options) {
    const std::string bytes = options.SerializeAsString();
    influence_tally* tally = nullptr;
    Taken message;
    EXPECT_EQ(influence_tally_new(engine.get(), Data(bytes), bytes.size(),
                                  &tally, message.out()),
              INFLUENCE_OK)
        << message.text();
    tally_.reset(tally);
  }
  explicit Tally(influence_tally* tally) : tally_(tally) {}

  influence_tally* get() const { return tally_.get(); }

  influence_status AddBytes(const std::string& bytes) {
    Taken message;
    const influence_status status =
        influence_tally_add(get(), Data(bytes), bytes.size(), message.out());
    message_ = message.text();
    return status;
  }
  void Add(const wire::EventBatch& batch) {
    EXPECT_EQ(AddBytes(batch.SerializeAsString()), INFLUENCE_OK) << message_;
  }
  influence_status AddTable(const Column& table) {
    Export moved(table);
    Taken message;
    const influence_status status = influence_tally_add_columns(
        get(), &moved.schema, &moved.array, message.out());
    message_ = message.text();
    EXPECT_EQ(moved.schema_releases, 1);
    EXPECT_EQ(moved.array_releases, 1);
    return status;
  }
  void Merge(const Tally& other) {
    Taken message;
    EXPECT_EQ(influence_tally_merge(get(), other.get(), message.out()),
              INFLUENCE_OK)
        << message.text();
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
    Taken message;
    const influence_status got = influence_tally_load(
        engine.get(),
        [](void* context, uint8_t* data, size_t size) {
          auto* from = static_cast<Source*>(context);
          if (size > from->bytes->size() - from->at) return int32_t{1};
          std::memcpy(data, from->bytes->data() + from->at, size);
          from->at += size;
          return int32_t{0};
        },
        &source, &tally, message.out());
    if (status != nullptr) {
      *status = got;
    } else {
      EXPECT_EQ(got, INFLUENCE_OK) << message.text();
    }
    return Tally(tally);
  }
  wire::TallyReport Report() {
    Taken report;
    EXPECT_EQ(influence_tally_report(get(), report.out(), nullptr),
              INFLUENCE_OK);
    wire::TallyReport parsed;
    EXPECT_TRUE(parsed.ParseFromString(report.text()));
    return parsed;
  }
  wire::SubjectReport Subject(const std::string& id, uint32_t top = 0,
                              bool carriers = false) {
    wire::SubjectRequest request;
    request.set_id(id);
    request.set_top(top);
    request.set_carriers(carriers);
    const std::string bytes = request.SerializeAsString();
    Taken report, message;
    EXPECT_EQ(influence_tally_subject(get(), Data(bytes), bytes.size(),
                                      report.out(), message.out()),
              INFLUENCE_OK)
        << message.text();
    wire::SubjectReport parsed;
    EXPECT_TRUE(parsed.ParseFromString(report.text()));
    return parsed;
  }

  // The ids must ascend.
  Profiles Finish(uint32_t batch_rows = 0) {
    wire::FinishOptions options;
    options.set_batch_rows(batch_rows);
    const std::string bytes = options.SerializeAsString();
    ArrowArrayStream stream;
    EXPECT_EQ(influence_tally_finish(get(), Data(bytes), bytes.size(), &stream,
                                     nullptr),
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

  const std::string& message() const { return message_; }

 private:
  struct Free {
    void operator()(influence_tally* tally) const {
      influence_tally_free(tally);
    }
  };

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
  std::string message_;
};

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_TALLY_CLIENT_H_
