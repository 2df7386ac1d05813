// The C library as tests use it: strings and messages, statuses kept.
#ifndef INFLUENCE_TESTS_CLIENT_H_
#define INFLUENCE_TESTS_CLIENT_H_

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"

namespace influence::testing {

// "field: text" of an error, which is released; "" if there is none.
inline std::string TakeWords(influence_error* error) {
  const std::string field = influence_error_field(error);
  std::string words = influence_error_text(error);
  influence_error_free(error);
  return field.empty() ? words : field + ": " + words;
}

struct Answer {
  influence_status status = INFLUENCE_INTERNAL;
  std::string bytes;
  std::string message;
};

class Client {
 public:
  static Client Released(const std::string& id) {
    influence_engine* engine = nullptr;
    EXPECT_EQ(influence_engine_open(id.c_str(), &engine, nullptr), INFLUENCE_OK)
        << id;
    return Client(engine);
  }
  static Client Custom(const abi1::Algorithm& algorithm) {
    const std::string bytes = algorithm.SerializeAsString();
    influence_engine* engine = nullptr;
    influence_error* error = nullptr;
    EXPECT_EQ(influence_engine_open_custom(
                  reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
                  &engine, &error),
              INFLUENCE_OK)
        << TakeWords(error);
    return Client(engine);
  }

  Answer ScoreBytes(const std::string& request) const {
    influence_bytes response = {nullptr, 0};
    influence_error* error = nullptr;
    Answer answer;
    answer.status = influence_score(
        engine_.get(), reinterpret_cast<const uint8_t*>(request.data()),
        request.size(), &response, &error);
    answer.bytes = Take(&response);
    answer.message = TakeWords(error);
    return answer;
  }

  abi1::ScoreResponse Score(const abi1::ScoreRequest& request) const {
    const Answer answer = ScoreBytes(request.SerializeAsString());
    EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
    abi1::ScoreResponse response;
    EXPECT_TRUE(response.ParseFromString(answer.bytes));
    return response;
  }

  abi1::AlgorithmDescription Describe() const {
    influence_bytes bytes = {nullptr, 0};
    EXPECT_EQ(influence_engine_describe(engine_.get(), &bytes, nullptr),
              INFLUENCE_OK);
    abi1::AlgorithmDescription description;
    EXPECT_TRUE(description.ParseFromString(Take(&bytes)));
    return description;
  }

  // A request for this engine, without profiles.
  abi1::ScoreRequest NewRequest() const {
    abi1::ScoreRequest request;
    request.set_algorithm(Describe().algorithm().id());
    return request;
  }

  const influence_engine* get() const { return engine_.get(); }

 private:
  struct Free {
    void operator()(influence_engine* engine) const {
      influence_engine_free(engine);
    }
  };

  explicit Client(influence_engine* engine) : engine_(engine) {}

  static std::string Take(influence_bytes* bytes) {
    std::string taken(reinterpret_cast<const char*>(bytes->data), bytes->size);
    influence_bytes_free(bytes);
    return taken;
  }

  std::unique_ptr<influence_engine, Free> engine_;
};

inline abi1::AlgorithmList ListAlgorithms() {
  influence_bytes bytes = {nullptr, 0};
  EXPECT_EQ(influence_algorithm_list(&bytes, nullptr), INFLUENCE_OK);
  abi1::AlgorithmList list;
  EXPECT_TRUE(list.ParseFromArray(bytes.data, static_cast<int>(bytes.size)));
  influence_bytes_free(&bytes);
  return list;
}

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_CLIENT_H_
