#include "tests/codec/every_message.h"

#include <google/protobuf/stubs/logging.h>

#include <memory>
#include <string_view>

#include "codec/codec.h"
#include "influence/abi1/influence.pb.h"

namespace influence::testing {
namespace {

struct Type {
  const char* name;
  Error (*rewrite)(std::string_view bytes, std::string* written);
  std::unique_ptr<google::protobuf::Message> (*make)();
};

template <typename Message>
Error Rewrite(std::string_view bytes, std::string* written) {
  Message message;
  Error error = Decode(bytes, &message);
  if (error.ok()) *written = EncodedText(message);
  return error;
}

template <typename Message>
std::unique_ptr<google::protobuf::Message> Make() {
  return std::make_unique<Message>();
}

#define INFLUENCE_TYPE(Name) {#Name, Rewrite<msg::Name>, Make<abi1::Name>},
constexpr Type kTypes[] = {INFLUENCE_MESSAGES(INFLUENCE_TYPE)};
#undef INFLUENCE_TYPE

}  // namespace

size_t MessageTypes() { return sizeof kTypes / sizeof *kTypes; }

const char* MessageName(size_t type) { return kTypes[type].name; }

std::string MessageDisagreement(size_t type, const std::string& bytes) {
  // protobuf would print a line for each string that is not UTF-8.
  google::protobuf::SetLogHandler(nullptr);
  const std::string name = kTypes[type].name;
  const auto theirs = kTypes[type].make();
  const bool accepted = theirs->ParseFromString(bytes);
  std::string written;
  const Error error = kTypes[type].rewrite(bytes, &written);
  if (error.code() == Code::kTooLarge) return "";
  if (error.ok() != accepted) {
    return name + (accepted ? ": only protobuf accepts: " + error.ToString()
                            : ": only we accept");
  }
  if (!accepted) {
    return error.code() == Code::kMalformed ||
                   error.code() == Code::kInvalidUtf8
               ? ""
               : name + ": refused as " + error.ToString();
  }
  theirs->DiscardUnknownFields();
  return theirs->SerializeAsString() == written
             ? ""
             : name + ": protobuf writes other bytes than we do";
}

std::string Rewritten(size_t type, const std::string& bytes) {
  std::string written;
  const Error error = kTypes[type].rewrite(bytes, &written);
  return error.ok() ? written : "";
}

}  // namespace influence::testing
